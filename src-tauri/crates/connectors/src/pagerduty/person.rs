//! People as records point to them, and those who are pointed to although they were deleted.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::text::clean_line;

use super::wire::Ref;
use crate::phone::without_phones;

/// A name without what people write beside it.
pub(super) fn name(text: Option<&str>) -> Option<String> {
    let name = clean_line(&without_phones(text?));
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// A person by a pointer; `None` for services and whatever else acts.
pub(super) fn by_ref(user: Option<&Ref>) -> Option<PersonRef> {
    let user = user.filter(|user| user.is_user())?;
    let shown = user.name.as_deref().or(user.summary.as_deref());
    Some(PersonRef { ext_id: user.id.clone(), email: None, name: name(shown) })
}

/// A person by an id alone.
pub(super) fn by_id(id: &str) -> PersonRef {
    PersonRef { ext_id: Some(id.to_owned()), ..PersonRef::default() }
}

/// People whom PagerDuty still points to and no longer lists.
#[derive(Debug, Default)]
pub(super) struct Gone(BTreeMap<String, Person>);

impl Gone {
    /// Looks at a pointer. `listed` is everyone whom PagerDuty lists, when this sync has read them all.
    pub fn look(&mut self, user: Option<&Ref>, listed: Option<&BTreeSet<String>>) {
        let Some(user) = user.filter(|user| user.is_user()) else { return };
        let Some(id) = &user.id else { return };
        if user.deleted_at.is_none() && listed.is_none_or(|listed| listed.contains(id)) {
            return;
        }
        let shown = name(user.name.as_deref().or(user.summary.as_deref()));
        let person =
            Person { ext_id: id.clone(), name: shown.unwrap_or_default(), email: None, timezone: None, active: false };
        self.0.entry(id.clone()).or_insert(person);
    }

    /// Everyone found.
    pub fn into_people(self) -> impl Iterator<Item = Person> {
        self.0.into_values()
    }
}
