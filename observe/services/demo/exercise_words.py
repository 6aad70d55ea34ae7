"""A written lesson for the demonstration, and what its two experts say of it."""

TITLE = "Equal parts or not? Fractions, Year 4"
MINUTES = 25
TEXT = """\
A lesson in words, written for practice. Year 4, 27 pupils, maths, half past nine.

9:30  Pupils come in from the hall and pick up a strip of paper from the trolley by the door. On the \
board: “Fold it into three. How do you know that the parts are equal?” Most begin at once. Four stand \
by the trolley until the teacher says their names. By 9:33 all sit.

9:34  Teacher: “Who has three equal parts?” Most hands go up. She takes the strips of three pupils, \
holds them against the light and asks: “Which of these would you trust, and why?”
Pupil: “The middle one, because you can lay the parts on each other.”
Teacher: “Lay them on each other, then.” He does. “Who can say that in other words?” She waits. About \
seven seconds pass; hands that were up go down and others come up. She picks a girl whose hand is down.
Pupil: “If one sticks out, it isn't a third.”

9:41  The teacher draws a circle cut into three pieces of which one is clearly larger. “Thirds?” Half \
the class calls out yes, half no. “One minute with your neighbour. Then I want a reason, not a yes or no.” \
The room talks. She kneels at two tables and listens. At the window table two pupils talk about football; \
she looks at them and they stop.

9:43  Three reasons are heard. The second is wrong: “There are three, so it's thirds.” Teacher: “Say \
more.” Pupil: “Three parts is thirds.” Teacher: “Thank you. Who wants to answer that?” Another pupil \
explains with the strip. The first pupil nods. The teacher goes on without asking him again.

9:48  Worksheet, eight shapes: thirds or not. The teacher has done the first one on the board, thinking \
aloud. Then: “On your own, please.” It is quiet within a minute. Five pupils at two tables look at the \
first shape for some time and do not write. The teaching assistant goes to one of them. The teacher goes \
round with a pen and marks answers right or wrong.

9:57  Eight pupils have finished and turn the sheet over. On the back: “Draw a shape in thirds that nobody \
will believe.” They laugh and draw. The others do not get that far.

10:02 “Show me one you were not sure of.” A few hold up sheets. The teacher picks the one that most \
had wrong, draws it and asks for hands: equal or not? She counts aloud: fifteen yes, nine no. “We look \
at this one first thing tomorrow.”

10:04 Tidying up takes two minutes; the strips go back into the trolley. The bell rings.
"""
ASKED = {
    "routines": (
        3,
        "Pupils know what to do at the start and lose little time; four need their names.",
    ),
    "expectations": (
        3,
        "She asks for reasons instead of yes or no and holds to it, but lets one wrong answer go.",
    ),
    "purpose": (
        2,
        "The question on the board leads the lesson; nobody says what is to be learned.",
    ),
    "modelling": (
        2,
        "One shape is modelled aloud, and the harder ones that follow are not prepared by it.",
    ),
    "questioning": (
        3,
        "Questions ask for reasons and she chooses who answers. Answers do not yet steer what comes next.",
    ),
    "checking": (
        3,
        "The count of hands at the end tells her what to begin with tomorrow; it comes late.",
    ),
    "thinking-time": (
        3,
        "Seven seconds and a minute with the neighbour come before the questions that matter.",
    ),
    "responding": (
        2,
        "A wrong answer is handed to the class, but the pupil who gave it is not asked again.",
    ),
    "guided-practice": (
        1,
        "From one example straight to work alone; five pupils are stuck and only one gets help.",
    ),
    "support-challenge": (
        2,
        "There is more on the back for the quick ones, and little for those who cannot begin.",
    ),
}
EXPERTS_SAW = {
    "questioning": ("“Which would you trust, and why?” at 9:34.", "“A reason, not a yes or no.”"),
    "guided-practice": ("One example, then alone.", "Five did not write for some minutes."),
    "responding": ("“Thank you. Who wants to answer that?”", "Did not go back to the first pupil."),
}
NOTES = (
    "Seven seconds after the question, then somebody without a hand up.",
    "Most began at once, four needed to be named.",
    "Marked right or wrong, no reasons given.",
    "Talk in pairs before answers.",
)
