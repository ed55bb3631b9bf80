//! The pages as a browser meets them: a real register on a real database, spoken to through the whole router.

mod accesses;
mod accounts;
mod addresses;
mod attacks;
mod browser;
mod canaries;
mod cases;
mod checks;
mod components;
mod council;
mod failing;
mod forms;
mod headers;
mod imports;
mod leaving;
mod numbers;
mod planned;
mod policy;
mod races;
mod reports;
mod rights;
mod screening;
mod sign_in;
mod table;
mod takeover;
mod two_councils;
