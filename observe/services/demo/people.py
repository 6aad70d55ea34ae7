"""Names from many origins, and schools that could exist."""

import random
import unicodedata
from collections.abc import Iterator

FIRST = """
    Siôn Ruth Amina Helen Catrin Owain Aisha Llŷr Margaret Kwame Priya Tomasz Grace Yusuf Niamh
    Ifeoma Daniel Zofia Marek Leila Gareth Mei Fatima Callum Ngozi Hannah Rhys Sunita Aled
    Beatriz Olu Eleri Piotr Shazia Joseph Anwen Chidi Farah Iestyn Kateryna Delroy Nia Harpreet
    Marta Emeka Bethan Rashid Ines Angharad Tariq Lowri Abena Stefan Rukhsana Dafydd Ewa Jerome
    Megan Adebayo Carys Naveed Sofia Gwen Kofi Rebecca Mihai Samira Ffion Andrzej Comfort Idris
    Lucia Bronwen Hassan Oksana Trevor Manjit Elin Patience Viktor Sara Hywel Nadia Winston Mair
    Arjun Teresa Emlyn Zainab Colm Yetunde Ieuan Anjali Paulo Sinead Babatunde Heledd Karim
    Joanna Tegan Simeon Roisin Eirlys Omar Gloria Macsen Dilys Javed Wanjiru Gethin Halina
    Nasreen Connor
"""
PUPILS = """
    Maisie Jac Zoë Will Amelia Kacper Grace Tomos Alfie Efa Ibrahim Poppy Mark Seren Aiden Lily Noah
    Cerys Hamza Ruby Osian Faith Theo Nansi Jakub Isla Harvey Mali Yusra Finley
"""
LAST = """
    Prydderch Adeyemi Farouk Marsh Morley Gwyl Rahman Bevan Obi Mensah Sharma Nowak Whitfield
    Demir Kelly Okafor Hughes Kowalska Lis Haddad Pritchard Chen Begum Fraser Eze Clarke Vaughan
    Patel Rees Sousa Balogun Griffiths Wojcik Malik Baptiste Llewellyn Nwosu Karimi Parry Bondar
    Campbell Roberts Gill Horvath Achebe Lloyd Hussain Duarte Probert Aziz Ellis Owusu Popescu
    Iqbal Maddocks Zielinska Reid Bowen Oyelaran Thomas Qureshi Ferreira Jenkins Boateng
    Goldberg Ionescu Ali Beynon Mazur Addo Evans Ricci Cadwaladr Khan Shevchenko Brown Singh
    Pugh Moyo Petrov Lindqvist Tudor Abdi Grant Gwynne Menon Alves Madoc Siddiqui Byrne Adekunle
    Powell Desai Silva O'Connor Olawale Nichols Benali Wright Meredith Asante Doyle Harries
    Osman Appiah Emanuel Gower Mahmood Kamau Ap-Rhys Krol Anwar Walsh Sayed Lewis Tembo Craddock
    Rahim Fitzgerald
"""
PLACES = """
    Thornbeck Tŵr-Gwyn Millhaven Eastmoor Cwm-Derw Larkfield Saltmarsh Pen-y-Bryn Oakridge
    Harbourside Llanfaes Greystone Willowbrook Coed-Mawr Northgate Ashcombe Nant-y-Glyn
    Stonebridge Fernhill Ravensworth Bryn-Teg Highfold Marlpit Porth-Wen Kingsmead Elmhurst
    Dyffryn Coldwater Wrenfield Hafod-Las Broadlea Castleford-End Maes-y-Coed Riverdale
    Sandholme Tan-y-Bwlch Beechwood Overfield Glan-Afon Westbourne
"""
COMPASS = ("", "North ", "South ", "East ", "West ", "Upper ", "Lower ", "Old ", "New ", "Great ")


def names(rng: random.Random) -> Iterator[str]:
    """Full names, no two alike; with a middle initial once every pair of names is used."""
    pairs = [(first, last) for first in FIRST.split() for last in LAST.split()]
    rng.shuffle(pairs)
    yield from (f"{first} {last}" for first, last in pairs)
    yield from (f"{first} {initial}. {last}" for initial in "JKM" for first, last in pairs)


def pupils(number: int, *, most: int = 14) -> list[str]:
    """First names for a class list, others for another number; a few are everyday words too."""
    every = PUPILS.split()
    return [every[(number * 7 + place * 2) % len(every)] for place in range(most)]


def school_names() -> Iterator[tuple[str, bool]]:
    """(name, whether it is a secondary school), no two alike; every fifth is one."""
    number = 0
    for compass in COMPASS:
        for place in PLACES.split():
            number += 1
            yield _school_name(compass, place.replace("-", " "), number), number % 5 == 0


def _school_name(compass: str, place: str, number: int) -> str:
    if "Tŵr" in place or "Cwm" in place or "Bryn" in place or "Nant" in place or "Maes" in place:
        return f"{compass}Ysgol {place}"
    return f"{compass}{place} {'High School' if number % 5 == 0 else 'Primary'}"


def slug(name: str) -> str:
    """The letters of a name as an address writes them: `Llŷr Bevan` is `llyr.bevan`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return ".".join(words)
