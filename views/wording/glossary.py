"""The Help texts, as Markdown: how to read the pictures, what the words mean, how we judge, and privacy."""

from views.wording.language import Words, msgid

_HOW_TO_READ: tuple[str, ...] = (
    msgid(
        "**What you see.** Each row is one campaign. The mark shows how many more people in every 100 know the dangers "
        "because of it, as far as the answers can tell."
    ),
    msgid(
        "**The lines.** Nobody knows the true change exactly. It lies on the thick line as likely as not, and on the "
        "thin line with 95 in 100 certainty, if the comparison is fair. A long line: few people were asked."
    ),
    msgid(
        "**The marks.** ● blue: better. ◆ orange: worse. ○ hollow: too small to matter, or not to be told from zero. "
        "The grey band holds the changes that were said to be too small to matter, before the data were seen."
    ),
    msgid(
        "**The dots.** Twenty dots are twenty equally likely sizes of the true change, if the comparison is fair. "
        "Count them: 18 dots right of zero mean 18 chances in 20 of a change for the better."
    ),
    msgid(
        "**Two things to look at.** The line says how large the change is. The filled circles ●●●○ say how sure we are "
        "that the comparison is fair. A short line with few filled circles can still be wrong."
    ),
    msgid(
        "**What they do not show.** Why a campaign changed anything, whether the change lasts, and whether it would be "
        "the same in another place."
    ),
)

_WORDS: tuple[tuple[str, str], ...] = (
    (msgid("Raised"), msgid("More people know, by more than the smallest change that matters.")),
    (msgid("Raised, perhaps a little"), msgid("More people know, but perhaps by too little to matter.")),
    (
        msgid("Little or no difference"),
        msgid("Whatever the true change is, it is smaller than the smallest change that matters."),
    ),
    (
        msgid("Cannot tell yet"),
        msgid(
            "The answers fit a rise as well as none, mostly because too few people were asked. It does not mean that "
            "there was no change."
        ),
    ),
    (msgid("Lowered"), msgid("Fewer people know than without the campaign, or something that must not get worse did.")),
    (msgid("Not measured"), msgid("Only views, clicks or reach are known. Nobody was asked what they know.")),
    (msgid("Do not use"), msgid("A check showed that the two groups were not alike, so comparing them misleads.")),
    (msgid("Record incomplete"), msgid("Something is missing without which nothing can be said, such as consent.")),
    (msgid("●●●● high"), msgid("We are sure that the true change is close to the estimate.")),
    (msgid("●●●○ moderate"), msgid("The true change is probably close to the estimate; it may differ much.")),
    (msgid("●●○○ low"), msgid("The true change may differ much from the estimate.")),
    (msgid("●○○○ very low"), msgid("We cannot say that the campaign caused what changed.")),
    (
        msgid("Smallest change that matters"),
        msgid("The least number of people in every 100 that makes a campaign worth its effort; fixed before the data."),
    ),
    (msgid("Comparison group"), msgid("People like those addressed who did not see the campaign.")),
    (msgid("People reached"), msgid("Different accounts that saw the content, as the platform estimates.")),
    (
        msgid("Range"),
        msgid("The changes that the answers fit. Of 100 ranges made in this way, 95 hold the true change."),
    ),
    (msgid("Average of several campaigns"), msgid("Their effects together, the exact ones counting for more.")),
    (
        msgid("Range for the next campaign"),
        msgid("What one more campaign of the same kind could change. Wider than the range of the average."),
    ),
    (msgid("Effect"), msgid("What would not have changed without the campaign. Only a comparison can show it.")),
    (msgid("Change"), msgid("What is different from before, whatever the cause.")),
    (msgid("Primary outcome"), msgid("The one question that decides; fixed before the campaign starts.")),
    (msgid("Guardrail"), msgid("Something that must not get worse: trust, fear, stigma, the use of legal ways.")),
    (
        msgid("Assigned at random"),
        msgid("Chance alone decided who saw the campaign, so that groups differ in nothing else."),
    ),
    (
        msgid("Place or group"),
        msgid("A village, school or the like, whose people resemble each other and count for fewer."),
    ),
    (msgid("Lost"), msgid("Asked before and not found again. If one side loses more, the groups are no longer alike.")),
    (msgid("Follow-up"), msgid("How long after the campaign people were asked. Knowledge fades.")),
    (msgid("Delivery"), msgid("What platforms count: how often something was shown, played or clicked.")),
    (msgid("Times shown"), msgid("How often content was on a screen; one person may be counted many times.")),
    (msgid("Intended audience"), msgid("The people at risk whom the campaign is meant for, by age, sex and country.")),
    (msgid("Weight"), msgid("How many people of the population one person asked stands for.")),
    (msgid("Hidden"), msgid("A figure of so few people that somebody could be recognised.")),
    (
        msgid("Simulated"),
        msgid("Made up by a program, to look around in and to test. It says nothing of real campaigns."),
    ),
)

_METHODS: tuple[tuple[str, str], ...] = (
    (
        msgid("People assigned at random"),
        msgid(
            "Difference of the two groups' shares, with the score interval of Miettinen and Nurminen (1985). It "
            "assumes that chance alone decided who saw the campaign, and that those who did not answer are like those "
            "who did. Certainty starts at high."
        ),
    ),
    (
        msgid("Places or groups assigned at random"),
        msgid(
            "The same difference, allowing for people of one place being alike: cluster-robust errors with "
            "small-sample correction, CR2 (Pustejovsky and Tipton, 2018). It assumes that chance decided which places "
            "took part, and needs some twenty places on each side. Certainty starts at high."
        ),
    ),
    (
        msgid("Before and after, with a comparison group"),
        msgid(
            "The change in the campaign group less the change in the comparison group: difference-in-differences. It "
            "assumes that both would have changed alike without the campaign. Certainty starts at moderate."
        ),
    ),
    (
        msgid("Matched comparison group, asked once"),
        msgid(
            "Difference of the two groups afterwards. It assumes that they were alike before in all that matters, "
            "which nobody can check. Certainty starts at low."
        ),
    ),
    (
        msgid("Before and after, without a comparison group"),
        msgid(
            "The change in the campaign group. What would have changed anyway is not known, so the certainty is never "
            "more than very low."
        ),
    ),
    (
        msgid("Delivery figures only"),
        msgid("No judgement: views, clicks and reach never make a verdict better than not measured."),
    ),
    (
        msgid("What takes certainty away"),
        msgid(
            "One grade for each: many people lost, groups that differed before, few places, a wide range, asked right "
            "after the campaign or at an unknown time, an outcome fixed only after the start. After GRADE (Guyatt and "
            "others, 2008)."
        ),
    ),
    (
        msgid("What makes a result unusable"),
        msgid(
            "Groups whose sizes do not fit the way people were assigned, or more people lost on one side than on the "
            "other."
        ),
    ),
    (
        msgid("Order of the table"),
        msgid("By certainty, then by the lower end of the range; never by the estimate alone, which luck favours."),
    ),
    (
        msgid("Cost of one additional person"),
        msgid(
            "What delivery cost (media, production, staff), divided by the additional people who know. Shown only "
            "where the change is credibly above zero and the campaign can be said to have caused it."
        ),
    ),
)

_VIEWS: tuple[str, ...] = (
    msgid("A view says that a video ran on a screen. It does not say that somebody looked, understood or believed it."),
    msgid("Platforms count differently, and change how they count. One counts after three seconds, another at once."),
    msgid("The same person is counted many times, and the platform shows the content to those likely to click."),
    msgid("Knowing, believing and intending can only be seen by asking people, preferably some who saw nothing too."),
    msgid("So delivery figures are shown for what they are: how much was sent out, to whom, and at what price."),
)

_PRIVACY: tuple[str, ...] = (
    msgid("Everything stays on the computer the tracker runs on. Nothing is sent anywhere, and nobody is followed."),
    msgid("Columns that look like names, telephone numbers, addresses, places or documents are not stored."),
    msgid("Of each answer only whether it counts is stored, with age as a band; people become numbers."),
    msgid("Groups of 1 to 7 people are hidden, other counts are rounded to 5, so that nobody can be picked out."),
    msgid("Every import can be undone, and the history says who did what."),
)


def how_to_read(words: Words) -> str:
    """How to read these pictures, as paragraphs."""
    return "\n\n".join(words(paragraph) for paragraph in _HOW_TO_READ)


def what_words_mean(words: Words) -> list[tuple[str, str]]:
    """Each state, grade and term, with what it means."""
    return [(words(name), words(meaning)) for name, meaning in _WORDS]


def how_we_judge(words: Words) -> list[tuple[str, str]]:
    """Each design, with its method, what it assumes and the source; then the rules for all."""
    return [(words(name), words(method)) for name, method in _METHODS]


def why_views_are_not_awareness(words: Words) -> str:
    """Five reasons, as a list."""
    return "\n".join(f"- {words(reason)}" for reason in _VIEWS)


def privacy(words: Words) -> str:
    """What is stored, shown and sent, as a list."""
    return "\n".join(f"- {words(promise)}" for promise in _PRIVACY)
