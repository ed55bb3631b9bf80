//! The policy by example: given what happened, when somebody asks, then what follows or the rule that refuses it.
//!
//! One file for each part of the policy; `life` walks every stage against every command, `refusals` provokes every refusal.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

mod access;
mod alike;
mod appeal;
mod assessment;
mod cases;
mod clock;
mod contact;
mod coverage;
mod decision;
mod delivery;
mod dispute;
mod exclusion;
mod glass;
mod import;
mod interim;
mod involved;
mod join;
mod legal;
mod life;
mod looks;
mod meeting;
mod notice;
mod numbers;
mod ombudsman;
mod outcome;
mod partner;
mod people;
mod policy_change;
mod ready;
mod refusals;
mod removal_and_retention;
mod reporting;
mod review;
mod risk;
mod staff;
#[path = "../support/mod.rs"]
mod support;
mod totals;
mod transitions;
mod triage;
mod verdict;
