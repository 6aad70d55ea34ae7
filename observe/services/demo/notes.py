"""What observers write about a lesson, criterion by criterion: what helped (+) and what hindered (-).

A line may be spoken by the teacher (T:) or a pupil (P:). `{topic}` is what the lesson is about,
`{few}` and `{many}` are numbers of pupils, `{table}` is a table of the room.
"""

from dataclasses import dataclass
from functools import cache

SCRIPTS = {
    "relationships": """
        + Greets pupils at the door by name; two stop to tell some news
        + Waits until a quiet boy has finished; nobody interrupts
        + T: Thank you, that wrong answer helps all of us
        + Girl at table {table} lends her ruler and shows how to line it up, unasked
        + Kneels beside a pupil who arrived late and explains what has been done so far
        + Pupils say "I disagree with you because", without anybody sneering
        + P: You nearly had it, try the other way round
        - A girl's answer is finished for her
        - The {few} pupils by the window are not spoken to in the first half hour
        - Somebody laughs at a wrong answer on {topic}; it goes unremarked
        - Calls out "sit properly" across the room, no name used
        - T: No, anybody else?
        - Boy at table {table} says hello twice and gets no reply
        """,
    "routines": """
        + Books out and date written {few} minutes after the bell; nobody had to be told
        + Move from whole-class talk to tables takes 40 seconds
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
        + Hands a piece back to be done again; the second try is clearly better
        + Asks for a reason with every answer, and by the end pupils give it unasked
        - Accepts "um, the thing" as an answer on {topic} and moves on
        - T: Just do the first two if it is too much
        - Half-finished pages are ticked at table {table}
        - {few} pupils copy the title and draw until the end; nobody asks for more
        - The same tables are always asked for less
        - P: We only have to do what fits on the line
        """,
    "purpose": """
        + T: By the end you can explain it to a friend, not only do it
        + Returns to the question on the board half-way and asks who can answer it now
        + P: We are learning this because we need it for our own piece on Friday
        + Links to last time: asks three pupils what they found hard and starts there
        + Asks before the task what it will help with; two pupils can say
        + Pupils tick off what they can already do and choose what comes next
        - Pupil at table {table}, asked what they are learning: "filling in the sheet"
        - Aim read out, copied down for five minutes and not mentioned again
        - Second task has little to do with {topic}; pupils ask what it is for
        - Starts at once with the worksheet, no word on why
        - T: We need to get through all of this today
        - Two aims on the board; the plenary is about a third
        """,
    "modelling": """
        + Does one on the board and says why at each step
        + One clear example first, on {topic}; pupils say what it needs
        + Puts up a wrong example; pairs find the slip within a minute
        + T: I look at the last part first, because that tells me what to do
        + Changes one thing in the second example and asks what stays the same
        + Under the visualiser: makes a first try, changes it and says why
        - Explains in words only; {few} pupils look at each other
        - Skips the second step; five pupils make the same slip afterwards
        - Example on the board is finished before most have looked up
        - T: You just do it like this, you remember
        - Slide shows the answer before anybody has thought about it
        - Uses two different words for the same thing while showing how
        """,
    "small-steps": """
        + One new idea, then two minutes to try it, then the next
        + Sees that {many} boards are wrong and goes back a step
        + Breaks the task on {topic} into three parts and practises each by itself
        + Speeds up when hands show that all can do it already
        + T: We stop here, that is one thing. Try it before I show you more
        + Lets table {table} go on while the others get one more example
        - Four new things in six minutes, then the task
        - Those who finished early wait nine minutes for the rest
        - Goes on although about half of the boards are wrong
        - Twenty minutes of listening; those at the back have stopped joining in
        - P: That was too fast, what was the second bit?
        - Repeats what all could do already; {few} pupils start to draw
        """,
    "vocabulary": """
        + Has everybody say the new word together, then in a sentence to a partner
        + Word wall is used: two pupils get up to check a word
        + T: You said the thing at the end. What do we call it?
        + P: It is not just different, it is the opposite
        + Takes the word apart on the board; pupils find two related words
        + Boy asks what the difference between the two words is; the class settles it
        - Uses three new words and explains none
        - Pupils say "that thing" until the end and are not helped to the word
        - The key words are on a slide for ten seconds
        - A word is explained with a harder word
        - T: You know, the thing we said last week
        - Only the teacher uses the new words; pupils point
        """,
    "questioning": """
        + T: How do you know? Convince your partner first
        + Chooses who answers; {many} different pupils speak in ten minutes
        + Asks for another way of seeing it, and gets three
        + Question on the board makes pairs argue; both sides give reasons
        + P: But what if it was the other way round?
        + Follows a short answer with "say more", twice, until the reason is there
        - Five hands do all the answering; the back row is never asked
        - All questions in the first part want one word
        - Asks, waits half a second, answers it himself
        - T: So it is the first one, isn't it?
        - Asks "does everybody understand?", takes one nod and goes on
        - The same three pupils are asked four times each
        """,
    "checking": """
        + All boards up at once; reads them and picks two to discuss
        + Goes round with a list and notes who has the first question right
        + Exit ticket on {topic}, sorted into two piles before the bell
        + Stops the class after two minutes: {many} had made the same slip
        + T: Show me with your fingers how many parts
        + Asks a pupil to put a partner's explanation in other words
        - T: All clear? Good
        - Looks at two books in the front row only
        - The answers are read out; nobody asks who had which
        - {few} pupils at table {table} have written nothing after eight minutes, unseen
        - Boards are shown one after the other; the rest copy
        - Ends with the bell, without a look at who has it
        """,
    "thinking-time": """
        + Waits three seconds before taking a hand; {many} hands go up
        + Thirty seconds with a partner first; then a quiet girl answers
        + T: No hands yet. Think on your own
        + Looks round the room after an answer and waits; another pupil adds to it
        + Gives a silent minute to think before anybody speaks
        + Pupils jot an idea first, then talk: the second answers are longer
        - First hand taken each time, within a second
        - Question on {topic} answered for them before anybody could think
        - Two boys call out and the others stop trying
        - Fires nine questions in two minutes
        - T: Quick, quick, who knows it?
        - The pause is filled with a hint each time
        """,
    "responding": """
        + T: Tell me how you got there
        + Writes the wrong answer up too; the class finds out where it goes off
        + Passes it on: "Who agrees, and why?" Two pupils build on it
        + Comes back to the pupil, who puts it right without help
        + P: I want to add to what she said
        + Takes a half-right answer on {topic} and asks the pair for the rest
        - Wrong answer gets "not quite" and the next hand
        - T: Good. Good. Good
        - Corrects the mistake on the board without a question
        - A girl asks why; the answer is "because that is the rule"
        - An interesting slip is passed by
        - Repeats every answer in other words
        """,
    "guided-practice": """
        + Does the second one together; each pupil writes each step on a board
        + Gives the first line and lets pairs finish it
        + Takes the prompt card away after the third go
        + Table {table} stays for one more example; the others begin alone
        + T: I start, you finish
        + Half-finished example on the sheet; most complete it without asking
        - Straight from one example to work alone; {many} hands go up
        - One pupil works at the board while the others look on
        - Two examples are shown, none is tried together; six copy the second one
        - Nobody is sure of the second step; pupils copy it from the board
        - T: Off you go, you know what to do
        - Practice is a different kind of task from the example on {topic}
        """,
    "independent-work": """
        + Twelve quiet minutes; nearly everybody writes all the time
        + Stuck pupils look at the wall, then at the example, then go on
        + First three tasks on {topic} right at {many} places I looked at
        + P: I went back and checked it, and it fits
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
        + Harder task asks pupils to invent their own on {topic}
        + Teaching assistant has a list of two names and asks, does not tell
        + Gives those who have finished a mistake to explain instead of more of the same
        + Changes the task for one pupil, who then gets going
        - {few} pupils finished after five minutes, then read quietly
        - Assistant does the cutting and most of the thinking
        - Same sheet on {topic} for all; table {table} cannot read it
        - A pupil waits six minutes with a hand up
        - T: When you have finished, do the next page
        - Extra task is ten more of the same kind
        """,
    "feedback": """
        + T: The beginning works. Now change one thing and read it to your partner
        + Green pen time: {many} pupils change something in yesterday's work
        + Goes from desk to desk: one thing that works, one to change, and comes back
        + Partners use three questions on a card; the talk is about the work
        + P: She told me to add why, so I did
        + Shows a change that a pupil made and asks what it improved
        - "Well done" at nine desks, nothing else
        - Last week's comments are in the books; there is no time to read them
        - Says what is wrong at the end, when the books are being put away
        - Partners tick each other's work without reading it
        - T: Lovely. Next one
        - Marks every slip in one book for five minutes; others wait
        """,
    "reasons": """
        + P: It must be, because none of the others fits
        + T: How do you know that it always works?
        + Sentence starter "I think, because" is used by {many} pupils
        + Two ways side by side; the class says which is better here, and why
        + A pupil asks another for the reason without the teacher
        + A right answer is questioned too; the pupil explains it
        - Answers are single words; none is followed by a question
        - T: Yes, right, next
        - The reason is given for them each time
        - A pupil starts with "because" and is cut short
        - Both answers stand on the board, nobody asks which holds
        - P: I just guessed
        """,
    "talk": """
        + Pairs talk about {topic} for one minute, and each brings back one thing
        + Two pupils speak one after the other with no adult between
        + P: I agree with table three, but they forgot one thing
        + At table {table} all four have spoken within two minutes
        + Pupils use the new words when they talk to each other
        + Gives who begins and what comes back; talk starts at once
        - Pupils say nine sentences in the first twenty minutes
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
