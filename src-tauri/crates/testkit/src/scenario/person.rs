//! Who is there: four continents, odd zones, a leaver, a namesake and a bot.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;

/// Somebody, or something, with a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Number within the scenario, from 0 on.
    pub number: u32,
    /// Display name; not unique.
    pub name: String,
    /// E-mail, unique.
    pub email: String,
    /// Where they live.
    pub zone: Tz,
    /// A program's account.
    pub bot: bool,
    /// When the account was deleted. A vendor that lists no deleted people still names them in the past of a schedule.
    pub deleted_at: Option<Timestamp>,
}

impl Member {
    /// The telephone number of the person's pager. Fictitious, and never to be stored.
    #[must_use]
    pub fn phone(&self) -> String {
        format!("+1202555{:04}", 100 + self.number)
    }

    /// The address that pages are mailed to, which is not the person's e-mail. Never to be stored.
    #[must_use]
    pub fn mailbox(&self) -> String {
        format!("wake-{}@private-mailbox.example", self.number)
    }
}

/// The people whom the story needs, by number.
const CAST: &[(&str, &str, Tz)] = &[
    ("Ines Duarte", "ines@harbor.example", Tz::Europe__Lisbon),
    ("Yuki Tanaka", "yuki@harbor.example", Tz::Asia__Tokyo),
    ("Sam Okafor", "sam.okafor@harbor.example", Tz::America__New_York),
    ("Sam Okafor", "sam.okafor.2@harbor.example", Tz::Australia__Sydney),
    ("Asha Rao", "asha@harbor.example", Tz::Asia__Kathmandu),
    ("Noah Bell", "Noah.Bell@harbor.example", Tz::America__New_York),
    ("Mia Lopes", "mia@harbor.example", Tz::Europe__Lisbon),
    ("Tom Ashby", "tom@harbor.example", Tz::Australia__Adelaide),
    ("Ruth Vance", "ruth@harbor.example", Tz::Australia__Sydney),
    ("Deploy Bot", "bot@harbor.example", Tz::UTC),
    ("Olga Brandt", "olga@elsewhere.example", Tz::Europe__Lisbon),
    ("Piet Maas", "piet@elsewhere.example", Tz::America__New_York),
];

/// Lives in Lisbon; the last step of the payments policy.
pub const INES: u32 = 0;
/// Left in the middle of the story; a schedule's past still names her.
pub const RUTH: u32 = 8;
/// A program.
pub const BOT: u32 = 9;
/// Belongs to the foreign team.
pub const OLGA: u32 = 10;
/// Belongs to the foreign team.
pub const PIET: u32 = 11;

/// The cast and so many bystanders, who make lists longer than a page.
pub(super) fn cast(bystanders: u32, left: Timestamp) -> Vec<Member> {
    let named = CAST.iter().map(|(name, email, zone)| ((*name).to_owned(), (*email).to_owned(), *zone));
    let others =
        (1..=bystanders).map(|n| (format!("Bystander {n}"), format!("bystander{n}@elsewhere.example"), Tz::UTC));
    (0..)
        .zip(named.chain(others))
        .map(|(number, (name, email, zone))| Member {
            number,
            name,
            email,
            zone,
            bot: number == BOT,
            deleted_at: (number == RUTH).then_some(left),
        })
        .collect()
}
