//! The training of everybody who checks: ten cards and twenty questions.

use super::{Card, Question};

pub(super) const CARDS: &[Card] = &[
    Card {
        title: "Why there is one register",
        says: &[
            "Staff have been hurt because a danger that somebody knew of was written in a list that others could not see. There is one register now, and no list beside it.",
            "It is also fair: each marker was decided by somebody who was not there, is reviewed at least every six months, and can be appealed against.",
        ],
    },
    Card {
        title: "Check before contact",
        says: &[
            "Check before each visit, meeting or call that could go wrong, and check again for the next one. A visit is watched until its day: you are told if the answer changes.",
            "Give what you have: a name as you heard it, an address, a phone number. Spelling need not be right.",
        ],
    },
    Card {
        title: "What a marker means",
        says: &[
            "A marker tells you what to do, such as going in twos. Do all of it, every time, also if the person has always been kind to you.",
            "It does not mean that somebody is guilty of a crime, and it is no reason to serve them less. It may be about a place, such as a dog in a yard.",
        ],
    },
    Card {
        title: "What no marker means",
        says: &[
            "None found means that nothing is recorded under what you gave. It is never an all-clear.",
            "Tell a colleague where you are going and when you will be back, keep your way out free, and leave when something feels wrong.",
        ],
    },
    Card {
        title: "When it says to ring",
        says: &[
            "Somebody like the person you asked about may be listed, or the marker is for other teams. Ring the number before you go. It takes two minutes.",
            "If the register cannot answer, it says so. That is not none found: ring then, too.",
        ],
    },
    Card {
        title: "Precautions are for you to carry out",
        says: &[
            "You are asked to acknowledge the precautions. If you cannot follow them, because nobody can come along, do not go: ring, and the visit is arranged another way.",
            "A restriction of contact is another thing. It is about how somebody writes or rings, not about danger, and it never takes away emergencies, safeguarding or the ombudsman.",
        ],
    },
    Card {
        title: "Report what happened",
        says: &[
            "Get safe first. In danger ring 999. Then report the same day: what was said and done, in the words that were used.",
            "Write what you saw and heard, not what you think of somebody. Say if something made it worse, such as a long wait or an illness. The person may read it, without your name.",
        ],
    },
    Card {
        title: "Look only for your work",
        says: &[
            "Check only people and places that you are about to deal with. Looking up neighbours, relatives, colleagues or people in the news is misuse, and may be a crime.",
            "Every check is kept with your name, what you asked and what you were shown. Somebody looks at those that nothing explains.",
        ],
    },
    Card {
        title: "Do not copy, do not pass on",
        says: &[
            "What you were shown is for this visit. Do not write it on a job sheet, in a diary, in a case note or in a message. It changes, and a copy does not.",
            "A colleague who goes instead of you checks for themselves. If you find a list of this kind anywhere, tell your manager.",
        ],
    },
    Card {
        title: "You are not alone with it",
        says: &[
            "Your manager hears of your report and supports you. You can be called less exposed work, counselling, or an escort to your car.",
            "If you cannot use the register, because your access has lapsed or your phone is flat, ring the register team before you visit. They check for you.",
        ],
    },
];

pub(super) const QUESTIONS: &[Question] = &[
    Question {
        asks: "A check says none found. What does that mean?",
        answers: [
            "Nothing is recorded under what I gave",
            "The visit is safe",
            "The person has a clean record",
        ],
        because: "The register knows only what was reported and decided. It is never an all-clear.",
    },
    Question {
        asks: "A check says to ring before you go. What do you do?",
        answers: [
            "Ring, and go once I was told",
            "Go, and ring if there is trouble",
            "Check again with fewer details",
        ],
        because: "Somebody alike may be listed. Two minutes on the phone settle it.",
    },
    Question {
        asks: "The register cannot answer because of a fault. What now?",
        answers: ["I ring before I go", "I take it as none found", "I go, since I checked yesterday"],
        because: "A fault says nothing about the person, and yesterday’s answer may have changed.",
    },
    Question {
        asks: "A marker says that two people go. You have been there alone ten times. What do you do?",
        answers: ["Go in twos", "Go alone, since nothing happened", "Stand at the gate and call"],
        because: "You do not know what was decided and why. The precautions hold for everybody, each time.",
    },
    Question {
        asks: "Nobody can come along, and the marker says two people. What do you do?",
        answers: [
            "Not go, and ring to arrange it another way",
            "Go quickly",
            "Ask a neighbour to come along",
        ],
        because: "If precautions cannot be followed, the visit waits or is done another way.",
    },
    Question {
        asks: "What does a marker tell you about what the person did?",
        answers: ["Nothing; it tells me what to do", "That they were convicted", "That they are ill"],
        because: "You need precautions to be safe. What happened is for those who decide.",
    },
    Question {
        asks: "A colleague takes over your visit. What do you give them?",
        answers: [
            "The address, and they check for themselves",
            "A note of the precautions",
            "A picture of my screen",
        ],
        because: "A copy grows old. Whoever goes checks, and is told if the answer changes.",
    },
    Question {
        asks: "Your sister has a new neighbour and asks you to look them up. What do you do?",
        answers: ["Not look", "Look, and tell her only if there is something", "Look, and tell nobody"],
        because: "You may look only for your own work. Every check is kept with your name.",
    },
    Question {
        asks: "Where may you write down what a check told you?",
        answers: ["Nowhere", "On the job sheet", "In the notes of the case system"],
        because: "There is one register. A second list is what it was made to end.",
    },
    Question {
        asks: "You find an old list of difficult customers on a shared drive. What do you do?",
        answers: ["Tell my manager", "Keep it, in case it is useful", "Delete it and say nothing"],
        because: "It is taken in by the register team and then destroyed, so that nobody on it is missed.",
    },
    Question {
        asks: "When do you report an incident?",
        answers: ["The same day, once I am safe", "At the end of the month", "Only if I was hurt"],
        because: "The next person may be at that door tomorrow. Threats count, too.",
    },
    Question {
        asks: "How do you write a report?",
        answers: [
            "What was said and done, in the words that were used",
            "What kind of person it is",
            "As short as possible, with the worst word",
        ],
        because: "Somebody who was not there decides about it, and the person may read it.",
    },
    Question {
        asks: "Something you did made it worse: you came two hours late. Do you say so?",
        answers: ["Yes", "No, it is my report", "Only if I am asked"],
        because: "It is weighed, and often there is a better answer than a marker.",
    },
    Question {
        asks: "Who learns that you reported?",
        answers: ["Very few people who keep the register", "The customer", "Everybody who checks"],
        because: "Reporters are kept apart. No check, letter or copy for the customer names you.",
    },
    Question {
        asks: "Somebody’s contact is limited to letters. They are at the desk with an emergency. What do you do?",
        answers: ["Help at once", "Ask them to write", "Close the desk"],
        because: "No restriction takes away emergencies or safeguarding.",
    },
    Question {
        asks: "Does a restriction of contact mean that somebody is dangerous?",
        answers: ["No, it is about how they are in touch", "Yes, as every marker", "Only for men"],
        because: "Persistent is not dangerous. The register tells the two apart.",
    },
    Question {
        asks: "How long does a marker last?",
        answers: ["Until a review or an appeal takes it off", "For ever", "Until the person moves"],
        because: "It is looked at again at least every six months, and can be appealed against.",
    },
    Question {
        asks: "A marker names a place and not a person. Why might that be?",
        answers: [
            "The danger is there, such as a dog",
            "The name was forgotten",
            "Everybody there is dangerous",
        ],
        because: "Some dangers are of the place, whoever answers the door.",
    },
    Question {
        asks: "You checked on Monday for a visit on Thursday. What happens on Wednesday if a marker is put up?",
        answers: [
            "I am told that the answer changed",
            "Nothing until I check again",
            "My manager has to find out",
        ],
        because: "A planned visit is watched until its day. Look at your planned visits before you leave.",
    },
    Question {
        asks: "Your phone is flat and you are outside the house. What do you do?",
        answers: ["Ring the register team from elsewhere, or come back later", "Go in", "Ask whoever opens"],
        because: "The register team can check for you. Nobody goes in blind.",
    },
];
