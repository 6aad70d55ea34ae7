"""How passwords are kept and looked at."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from observe.core.errors import Conflict
from observe.services import passwords, signing_in
from observe.services.signing_in import wait_after
from observe.storage.tables.people import SignIn
from tests.factories import NOW, School, a_sign_in

PASSWORD = "plum boat lantern 7"


def stored(school: School, email: str) -> SignIn:
    with school.database.outside() as session:
        return session.scalars(select(SignIn).where(SignIn.email == email)).one()


@pytest.mark.usefixtures("costly_passwords")
def test_a_password_is_kept_as_an_argon2id_hash_of_64_mebibytes() -> None:
    assert passwords.hashed(PASSWORD).startswith("$argon2id$v=19$m=65536,")


def test_accents_may_be_typed_in_two_ways() -> None:
    assert passwords.fits("Si\u006f\u0302n y bwrdd", passwords.hashed("Si\u00f4n y bwrdd"))


def test_nobody_has_no_password() -> None:
    assert not passwords.fits("nobody has this password", None)
    assert not passwords.fits(PASSWORD, "not a hash")


@pytest.mark.usefixtures("costly_passwords")
def test_a_hash_with_weaker_parameters_is_renewed_at_sign_in(school: School) -> None:
    email = a_sign_in(school, "Sion")
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with school.database.outside(writes=True) as session:
        session.scalars(select(SignIn).where(SignIn.email == email)).one().password_hash = weak
    signing_in.recognise(school.database, email, PASSWORD, at=NOW)
    assert "m=65536" in (stored(school, email).password_hash or "")


def test_few_passwords_are_looked_at_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    for _ in range(passwords.AT_ONCE):
        passwords._gate.acquire()
    try:
        with pytest.raises(Conflict, match="Wait a moment"):
            passwords.hashed(PASSWORD)
    finally:
        for _ in range(passwords.AT_ONCE):
            passwords._gate.release()


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (99, 900)]
)
def test_each_wrong_password_after_the_fifth_makes_the_wait_longer(
    wrong: int, seconds: int
) -> None:
    assert wait_after(wrong) == timedelta(seconds=seconds)


def test_a_right_password_forgets_the_wrong_ones(school: School) -> None:
    email = a_sign_in(school, "Sion")
    assert signing_in.known(school.database, email, "wrong", at=NOW) is None
    assert signing_in.known(school.database, email, PASSWORD, at=NOW)
    assert stored(school, email).failures == 0


def test_guessing_an_unknown_address_leaves_one_row_however_often(school: School) -> None:
    for number in range(3):
        assert signing_in.known(school.database, f"n{number}@x.example", "wrong", at=NOW) is None
    with school.database.outside() as session:
        assert session.scalars(select(SignIn.failures)).all() == [3]
