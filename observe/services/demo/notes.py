"""What observers write about a lesson, criterion by criterion: what helped (+) and what hindered (-).

A line may be spoken by the teacher (T:) or a pupil (P:). `{topic}` is what the lesson is about,
`{few}` and `{many}` are numbers of pupils, `{table}` is a table of the room.
"""

from dataclasses import dataclass
from functools import cache

SCRIPTS = {
    "relationships": """
        + Greets pupils at the door by name; two stop to tell her something
        + Waits until a stammering boy has finished; nobody interrupts
        + T: Thank you, that wrong answer helps all of us
        + Girl at table {table} lends her ruler and shows how to line it up, unasked
        + Kneels beside the boy who arrived late and tells him what he missed
        + Pupils say "I disagree with you because", without anybody sneering
        + P: You nearly had it, try the other way round
        - Cuts across a girl's answer to finish it for her
        - The {few} pupils by the window are not spoken to in the first half hour
        - Somebody laughs at a wrong answer on {topic}; it goes unremarked
        - Calls out "sit properly" across the room, no name used
        - T: No, anybody else?
        - Boy at table {table} says hello twice and gets no reply
        """,
    "routines": """
        + Books out and date written {few} minutes after the bell, nobody was told to
        + Change from carpet to tables takes 40 seconds on a count of five
        + Whiteboards lie ready; no queue at the cupboard
        + Monitors give out and collect everything for {topic} without a word
        + Visual timer runs; pupils look at it and speed up by themselves
        + T: Pens down, eyes here in three, two, one
        - Seven minutes until everybody has a pencil and a place
        - Instructions for the task given three times; {few} still ask what to do
        - Queue of {few} pupils waits at the desk to have work looked at
        - Tidying up begins eleven minutes before the end
        - P: Which page are we on?
        - Computers log in slowly; {many} pupils sit waiting with nothing to do
        """,
    "behaviour": """
        + Steps beside two who chat, points at the page, goes on explaining; they work
        + Names {few} pupils who started at once, and the rest follow
        + Whole class silent within six seconds of the signal
        + Pupils at table {table} remind each other without a fuss
        + Stands where all can be seen during the whole explanation of {topic}
        + T: I can see the front tables are ready to think
        - Talk about football at table {table} runs for four minutes unnoticed
        - Speaks over the noise, then louder; the noise rises too
        - Sends one boy out, ignores the same thing from another
        - Back to the class while writing; {few} pupils swap seats
        - T: I am still waiting. I am still waiting
        - Three reminders to table {table} in ten minutes, no consequence
        """,
    "expectations": """
        + Comes back to the girl who said "don't know"; she now explains it herself
        + T: That is right. Now say it as a whole sentence with the word because
        + Shows two pieces of last week's work; pupils say what makes one better
        + Boy asks for the harder sheet on {topic} and is given time to try it
        + Hands work back to be done again; the second go is clearly better
        + Insists on units in every answer, and by the end pupils put them in
        - Accepts "um, the thing" as an answer on {topic} and moves on
        - T: Just do the first two if it is too much
        - Half-finished pages are ticked at table {table}
        - {few} pupils copy the title and draw until the end; nobody asks for more
        - The same tables are always asked for less
        - P: We only have to do what fits on the line
        """,
    "purpose": """
        + T: By the end you can explain {topic} to a friend, not only do it
        + Returns to the question on the board half-way and asks who can answer it now
        + P: We are learning this because we need it for our own writing on Friday
        + Links to yesterday: asks three pupils what they found hard and starts there
        + Asks before the task what it will help them with; two good answers
        + Pupils tick off what they can do already and choose the next step
        - Girl at table {table} asked what she is learning: "colouring the sheet"
        - Aim read out, copied for five minutes and not mentioned again
        - Second task has little to do with {topic}; pupils ask what it is for
        - Starts at once with the worksheet, no word on why
        - T: We need to get through all of this today
        - Two aims on the board; the plenary is about a third
        """,
    "modelling": """
        + Solves one on the board and says why at each step
        + Shows {topic} with counters first, then the drawing, then the symbols
        + Puts up a wrong example; pairs find the slip within a minute
        + T: I look at the last part first, because that tells me what to do
        + Changes one thing in the second example and asks what stays the same
        + Visualiser: writes a sentence, crosses it out, says why it was not good enough
        - Explains {topic} in words only; {few} pupils look at each other
        - Skips the step of lining up; five pupils make the same slip afterwards
        - Example on the board is finished before most have looked up
        - T: You just do it like this, you remember
        - Slide shows the answer before anybody has thought about it
        - Uses two words for the same thing while showing {topic}
        """,
    "small-steps": """
        + One new idea, then two minutes to try it, then the next
        + Sees that {many} boards are wrong and goes back a step
        + Splits {topic} into three parts and practises each by itself
        + Speeds up when hands show that all can do it already
        + T: We stop here, that is one thing. Try it before I show you more
        + Lets table {table} go on while the others get one more example
        - Four new rules for {topic} in six minutes, then the task
        - Those who finished early wait nine minutes for the rest
        - Goes on although about half of the boards are wrong
        - Twenty minutes on the carpet; the youngest at the back have given up
        - P: That was too fast, what was the second bit?
        - Repeats what all could do already; {few} pupils start to draw
        """,
    "vocabulary": """
        + Has all say the new word for {topic} together, then in a sentence to a partner
        + Word wall is used: two pupils get up to check a word
        + T: You said bottom number. What do we call it?
        + P: It evaporates, it does not just disappear
        + Takes the word apart on the board, pupils find two relatives of it
        + Boy asks what the difference between the two words is; the class settles it
        - Uses three new words for {topic} and explains none
        - Pupils say "that thingy" until the end and are not helped to the word
        - The key words are on a slide for ten seconds
        - A word is explained with a harder word
        - T: You know, the thing we said last week
        - Only the teacher uses the new words; pupils point
        """,
    "questioning": """
        + T: How do you know? Convince your partner first
        + Chooses who answers; {many} different pupils speak in ten minutes
        + Asks for a second way of doing {topic}, and gets three
        + Question on the board makes pairs argue; both sides give reasons
        + P: But what if the number was negative?
        + Follows a short answer with "say more", twice, until the reason is there
        - Five hands do all the answering; the back row is never asked
        - All questions in the first part want one word
        - Asks, waits half a second, answers it himself
        - T: So it is the bigger one, isn't it?
        - Asks "does everybody understand {topic}?", takes one nod and goes on
        - The same three pupils are asked four times each
        """,
    "checking": """
        + All boards up at once; she reads them and picks two to discuss
        + Goes round with a list and notes who has the first question right
        + Exit ticket on {topic}, sorted into two piles before the bell
        + Stops the class after two minutes: {many} had the same slip
        + T: Show me with your fingers how many parts
        + Asks a pupil to say in own words what the partner explained
        - T: All clear? Good
        - Looks at two books in the front row only
        - The answers are read out, nobody asks who had which
        - {few} pupils at table {table} have written nothing after eight minutes, unseen
        - Board answers are shown one after the other, the rest copy
        - Ends with the bell; nobody knows who can do {topic}
        """,
    "thinking-time": """
        + Counts to three on his fingers before the first hand; {many} hands go up
        + Thirty seconds with a partner first; then a quiet girl answers
        + T: No hands yet. Think on your own
        + Looks round the room after an answer and waits; another pupil adds to it
        + Gives a silent minute with the picture before anybody speaks
        + Jots their idea first, then talks: the second answers are longer
        - Takes the first hand each time, within a second
        - Question on {topic} answered by the teacher before anybody could think
        - Two boys call out and the others stop trying
        - Fires nine questions in two minutes
        - T: Quick, quick, who knows it?
        - The pause is filled with a hint each time
        """,
    "responding": """
        + T: Tell me how you got there
        + Writes the wrong answer up too; the class finds out where it goes off
        + Passes it on: "Who agrees, and why?" Two pupils build on it
        + Comes back to the boy: he puts it right himself
        + P: I want to add to what she said
        + Takes a half-right answer on {topic} and asks the pair for the rest
        - Wrong answer gets "not quite" and the next hand
        - T: Good. Good. Good
        - Corrects the mistake on the board herself without a question
        - A girl asks why; the answer is "because that is the rule"
        - Interesting slip with {topic} is passed by
        - Repeats every answer in his own better words
        """,
    "guided-practice": """
        + Does the second one together, each pupil writes each step on a board
        + Gives the first line of {topic} and lets pairs finish it
        + Takes the prompt card away after the third go
        + Table {table} stays with her for one more example, the others begin alone
        + T: I start, you finish
        + Half-finished example on the sheet; most complete it without asking
        - Straight from one example to ten tasks alone; {many} hands go up
        - One pupil works at the board while the others look on
        - Does all six together, until those who could do it lose interest
        - The help card stays on the table to the end; nobody tries without it
        - T: Off you go, you know what to do
        - Practice is a different kind of task from the example on {topic}
        """,
    "independent-work": """
        + Twelve quiet minutes; nearly everybody writes all the time
        + Stuck pupils look at the wall, then at the example, then go on
        + First three tasks on {topic} right at {many} places I looked at
        + P: I checked it the other way round and it fits
        + No word to the whole class for ten minutes
        + Pupils mark their own first line and change it
        - Interrupted four times with notices to all
        - {few} hands wait; meanwhile they do nothing
        - Tasks on {topic} are harder than anything that was shown
        - Table {table} copies from the one who is quick
        - Only five minutes are left to work alone
        - P: Miss, what do I do now?
        """,
    "support-challenge": """
        + Hint cards lie on the table; {few} pupils take one and put it back
        + Goes first to the three who were unsure yesterday
        + Harder task asks them to invent their own on {topic}
        + Teaching assistant has a list of two names and asks, does not tell
        + Gives the quick ones a mistake to explain instead of more of the same
        + Changes the numbers for one boy, and he gets going
        - {few} pupils finished after five minutes, then read quietly
        - Assistant does the cutting and most of the thinking
        - Same sheet on {topic} for all; table {table} cannot read it
        - Boy waits six minutes with his hand up
        - T: When you have finished, do the next page
        - Extra task is ten more of the same kind
        """,
    "feedback": """
        + T: Your opening works. Now change one verb and read it aloud
        + Green pen time: {many} pupils change something in yesterday's work
        + Goes from desk to desk, one thing that works, one to change, and comes back
        + Partners use three questions on a card; the talk is about the work
        + P: She told me to add why, so I did
        + Shows a change a pupil made to {topic} and asks what got better
        - "Well done" at nine desks, nothing else
        - Comments from last week are in the books, nobody has read them
        - Says what is wrong at the end, when the books are being put away
        - Partners tick each other's work on {topic} without looking
        - T: Lovely. Next one
        - Marks every slip in one book for five minutes; others wait
        """,
    "reasons": """
        + P: It must be, because all the others are too small
        + T: How do you know that it always works?
        + Sentence starter "I think, because" is used by {many} pupils
        + Two ways of doing {topic} side by side; the class says which is quicker and why
        + A pupil asks another for the reason without the teacher
        + Right answer is questioned too; the boy has to explain
        - Answers are numbers only; none is asked for a reason
        - T: Yes, right, next
        - Reason for {topic} is given by the teacher each time
        - A girl starts with "because" and is cut short
        - Both answers stand on the board, nobody asks which holds
        - P: I just guessed
        """,
    "talk": """
        + Pairs talk about {topic} for one minute, and each brings back one thing
        + Two pupils speak one after the other with no adult between
        + P: I agree with table three, but they forgot the corners
        + At table {table} all four have spoken within two minutes
        + Pupils use the new words when they talk to each other
        + Gives who begins and what comes back; talk starts at once
        - Nearly all the talk in the first twenty minutes is the teacher's
        - Partner talk on {topic} ends before the second has spoken
        - Talk at table {table} is about the weekend
        - One pupil talks, the other copies
        - T: Talk to your partner about it, go
        - Groups of five: two work, three watch
        """,
}
SAME_AS = {
    "who-thinks": "questioning",
    "time-to-think": "thinking-time",
    "aim": "purpose",
    "showing": "modelling",
    "finding-out": "checking",
    "mistakes": "responding",
    "warmth": "relationships",
    "smooth": "routines",
    "at-work": "behaviour",
    "reach": "support-challenge",
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing an observer may write, with its mark and who speaks in it, if anybody does."""

    text: str
    mark: str
    speaker: str | None = None


@cache
def sightings(criterion: str, mark: str) -> tuple[Sighting, ...]:
    """What can be written on a criterion under a mark; nothing for one of another rubric."""
    script = SCRIPTS.get(SAME_AS.get(criterion, criterion), "")
    lines = (line.strip() for line in script.strip().splitlines())
    return tuple(_sighting(line) for line in lines if line.startswith(mark))


def _sighting(line: str) -> Sighting:
    mark, said = line[0], line[1:].strip()
    speaker, colon, words = said.partition(": ")
    if colon and speaker in ("T", "P"):
        return Sighting(f"“{words}”", mark, speaker)
    return Sighting(said, mark)
