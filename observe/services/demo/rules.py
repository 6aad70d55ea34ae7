"""Rules that two observers agree on, what leaders say of a draft, and what teachers answer."""

from observe.core.feedback.facts import Part

RULES = {
    "relationships": "Names used in a register do not count; names used in the talk do.",
    "routines": "Time lost to broken equipment does not count against Routines.",
    "behaviour": "A slip that is met within ten seconds counts as met early.",
    "expectations": "Asking again counts only if the pupil then gets there.",
    "purpose": "Reading the aim aloud is not yet making it clear: a pupil must be able to say it.",
    "modelling": "A video counts as modelling when the teacher stops it and thinks aloud.",
    "small-steps": "Going back a step because of what boards show is level 4, not level 2.",
    "vocabulary": "Words on the wall count only if somebody uses them.",
    "questioning": "Quick recall at the start does not count against it when reasons are asked later.",
    "checking": "Thumbs up is no check; an answer from everybody is.",
    "thinking-time": "Talk in pairs before an answer counts as time to think.",
    "responding": "Repeating a pupil's answer in better words is not responding to it.",
    "guided-practice": "One pupil at the board is practice for one pupil.",
    "independent-work": "We time it: fewer than eight quiet minutes is level 2 at most.",
    "support-challenge": "More of the same is no challenge, however quickly it is handed out.",
    "feedback": "Praise without a reason is left out of account.",
    "reasons": "A reason counts when a pupil gives it, not when the teacher does.",
    "talk": "Talk in pairs counts from the moment both have spoken.",
    "who-thinks": "Whiteboards count as everybody thinking only if they are looked at.",
    "finding-out": "Asking whether it is clear does not count.",
}
MORE_RULES = {
    "questioning": (
        "A question to the whole class counts once, however many answer it.",
        "Reading out the next task is no question.",
        "“Why?” after a right answer counts as asking for reasons.",
        "Asking the same pupil again within a minute is one question.",
    ),
    "checking": (
        "Walking round and looking counts only if something changes because of it.",
        "A quiz on paper counts when it is looked at in the lesson.",
    ),
    "talk": ("Partners who take turns without listening are not talking together.",),
    "modelling": ("A worked example on the board counts if the steps are said aloud.",),
}
REWORDED = {
    "thinking-time": "Talk in pairs counts as thinking time.",
    "feedback": "Praise does not count.",
}
RETIRED = {
    "support-challenge": "It reads as a rule about worksheets, and nobody has used it since.",
    "vocabulary": "Two schools read it in two ways.",
}
DOUBTED = ("routines", "guided-practice")
COMMENTS = {
    Part.STRENGTH: (
        "Could this quote what the pupils did next? Then it is easier to believe.",
        "This reads as if it happened all the time. You saw it twice; say so.",
        "I am glad that you say this. Could it come first?",
    ),
    Part.NEXT_STEP: (
        "Could this be put more gently? It will be read at the end of a long day.",
        "Please say why this step comes before the others.",
        "You said this on the day already. Say here that you have talked about it.",
    ),
    Part.TARGET: (
        "Please make the date a day on which both of you are in school.",
        "Is this small enough to begin with on Monday?",
    ),
    Part.QUESTION: (
        "A good question. Could it name the moment you mean?",
        "Could the question ask about the pupils as well?",
    ),
}
ANSWERS = (
    "Thank you. I had not noticed how long the change to tables takes. I will time it.",
    "That is fair. I tried the pause on Thursday and a boy who never speaks had an answer.",
    "Thank you for the example at the beginning, it helped me to see what you meant.",
    "I will try this with my Tuesday class first and tell you how it went.",
    "Good to read. Could you come again in a quieter week? We had the hall next door.",
    "I liked that you wrote down what the pupils said. I have shown it to the teacher next door.",
    "Thank you. The target fits, I would have chosen the same one.",
    "I have put the three steps on the wall. Two pupils already use them.",
    "This was quicker to read than I feared. I keep coming back to the question at the end.",
    "I have asked the assistant to write down who speaks, so that I can count.",
)
OBJECTIONS = (
    "I see the second point differently: they had practised it on Monday, which you could not know.",
    "Two of the pupils by the window had just joined the class. I left them in peace on purpose.",
    "The noise came from an activity that is meant to be loud. I would like to talk about this one.",
)
REASONS = (
    "The class is at the swimming gala that morning",
    "The teacher is ill",
    "Snow: the school is closed",
    "The adviser is needed at another school; a new date follows",
    "Fire practice was moved to this hour",
)
