//! The introduction for members: two pages and four questions.

use super::{Card, Question};

pub(super) const CARDS: &[Card] = &[
    Card {
        title: "Before you knock",
        says: &[
            "Check before every home visit: choose the visit and the day, and give the name or the address, with one more thing you know, such as a street.",
            "If there is a marker, you are told what to do and whom to ring. Do what it says, every time. You are not told what happened: it would not make you safer, and it is about somebody’s private life.",
            "If the answer says to ring, ring before you go. If you have no phone signal or no time to type, ring the register team: they check for you.",
            "No marker is not an all-clear. It means that nothing is recorded. Tell somebody where you are going and when you will be back.",
        ],
    },
    Card {
        title: "After the visit, and what stays with you",
        says: &[
            "If somebody threatens or hurts you, get away first. In danger ring 999. Then report it here the same day, so that the next person is warned.",
            "What you are shown is for this visit. Do not write it down, forward it, or speak of it to anybody, at a surgery or at home.",
            "Check only whom you are about to visit. Looking up a neighbour, a relative or somebody in the news is misuse. Every check is kept with your name.",
            "A marker is a decision about risk, with a review and an appeal. The person can still ask you for help, come to your surgery and vote.",
        ],
    },
];

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        asks: "You check an address and nothing is recorded. What does that tell you?",
        answers: [
            "Nothing is recorded there; I take the usual care",
            "The visit is safe",
            "The person has been vetted",
        ],
        because: "The register knows only what was reported. No marker is never an all-clear.",
    },
    Question {
        asks: "A resident whom you will visit has a marker. What are you told?",
        answers: [
            "What to do, and whom to ring",
            "What happened and who reported it",
            "Whether the police were told",
        ],
        because: "You need the precautions to be safe. What happened is for those who decide.",
    },
    Question {
        asks: "Another councillor asks you whether a family in their ward is on the register. What do you say?",
        answers: [
            "That they check for themselves before they visit",
            "What the check told me last month",
            "That I will look, as a favour",
        ],
        because: "What you are shown is for your own visit. Whoever visits checks for themselves, and gets what holds today.",
    },
    Question {
        asks: "You are at the door, the check says to ring first, and nobody answers the phone at once. What do you do?",
        answers: [
            "Wait, or visit another day",
            "Go in, because it does not say that there is a marker",
            "Ask the person at the door why they are listed",
        ],
        because: "Somebody alike may be listed. Ring and be told before you go in.",
    },
];
