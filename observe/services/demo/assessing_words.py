"""What the heads of the demonstration say of their observing, and what their advisers say of it."""

from collections.abc import Mapping
from datetime import timedelta

from observe.core.assessing import Kind

Said = Mapping[str, tuple[str, str]]

OWN: Said = {
    "gathers": (
        "I fill two pages, but for the last ten minutes of the lesson on fractions there is nothing.",
        "In the history lesson I wrote down eleven questions as they were asked.",
    ),
    "pupils": (
        "I look at the teacher most. In Year 5 I could not say what the table by the door had done.",
        "I read six books in each of the last three lessons.",
    ),
    "apart": (
        "“Good pace” stands in my notes twice. I turned it into what I had seen afterwards.",
        "My lines say who did what. I keep the levels for the car park.",
    ),
    "rubric": (
        "I choose by feel first and read the words after it.",
        "I read both neighbouring levels aloud with Year 3 maths, and moved down.",
    ),
    "weighs": (
        "When a lesson begins well I like all of it.",
        "For each criterion I had a line for and a line against in the last two lessons.",
    ),
    "leanings": (
        "I have not opened my figures yet.",
        "I know that I am kinder on behaviour than others. I took an exercise on it.",
    ),
    "compares": (
        "We began with our levels both times, and then looked for reasons.",
        "In the last talk I asked for the evidence first, and found that we had watched other tables.",
    ),
    "moves": (
        "I gave way on routines because my adviser knows more of them.",
        "I stayed with my level on questioning and could name the line.",
    ),
    "chooses": (
        "My last summary had four points. The teacher asked which one I meant.",
        "One step in each of the last three summaries, and it fitted the target.",
    ),
    "teacher-thinks": (
        "I talk more than the teacher does. I noticed it in the talk about phonics.",
        "I put two books on the table and waited. The teacher found the point alone.",
    ),
    "writes": (
        "Two summaries came back because a sentence had no example.",
        "Each sentence has its time, and both teachers had it the day after.",
    ),
}
ASSESSED: Said = {
    "gathers": (
        "Long gaps: in the lesson on rivers there is no line between 10:20 and 10:35.",
        "Eleven questions word for word in the history lesson. I could follow it from the notes alone.",
    ),
    "pupils": (
        "Four lines of thirty are about pupils, and all of them about hands up.",
        "Looked into six books before the middle of the lesson and wrote down what stood there.",
    ),
    "apart": (
        "Verdicts creep in: “lovely atmosphere”, “pace dipped”.",
        "Turned a verdict of mine back into what I had seen, twice, and was right.",
    ),
    "rubric": (
        "The level comes first and the words are found to fit it.",
        "Said why it was not the level above, with the line that decides it.",
    ),
    "weighs": (
        "One strong start coloured four criteria in the maths lesson.",
        "Gave three different levels in one domain, each with lines of its own.",
    ),
    "leanings": (
        "Put our gap on behaviour down to where I had sat.",
        "Named the criterion on which we differ before I did, and had practised it.",
    ),
    "compares": (
        "Told me the level before I had said what I saw.",
        "Asked what I had seen at the back before saying anything.",
    ),
    "moves": (
        "Moved as soon as I doubted it, without asking why.",
        "Moved on routines for the evidence, and stayed on questioning with a reason.",
    ),
    "chooses": (
        "The teacher left with four things to do.",
        "One step, and it carried the teacher's own target on.",
    ),
    "teacher-thinks": (
        "Asked good questions and answered them too.",
        "Two books on the table, and silence. The teacher found it.",
    ),
    "writes": (
        "The second sentence could be about any lesson.",
        "Each sentence has its moment; I knew the lesson from it.",
    ),
}
SAID: Mapping[Kind, Said] = {Kind.SELF: OWN, Kind.ASSESSMENT: ASSESSED}
SUGGESTED = (
    (
        "pupils",
        "Follow three pupils through the whole lesson and write down what each has done at the end",
        "In the next three lessons",
        "You can say what each of the three learned",
        timedelta(days=70),
    ),
    (
        "compares",
        "Begin each criterion with “What did you see?” and wait for the answer",
        "In the next two talks",
        "Both have told what they saw before either says how they decided",
        timedelta(days=100),
    ),
)
