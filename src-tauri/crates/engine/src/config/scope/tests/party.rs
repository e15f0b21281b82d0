//! People who are withheld are told apart.

use super::*;

#[test]
fn withheld_persons_are_told_apart_however_a_page_names_them() {
    let mut scope = scope("");
    scope.learn("pd", &person("P2", Some(BOB), "Bob").into());
    let token = |who: PersonRef| match scope.admit("pd", page(Some("V2"), who).into()) {
        Some(Record::Page(page)) => (page.person, page.party),
        other => panic!("{other:?}"),
    };
    let by_id = token(id("P2"));
    assert_eq!((&by_id.0, by_id.1.is_some()), (&None, true));
    assert_eq!(by_id, token(PersonRef::by_email(BOB)));
    assert_ne!(by_id, token(id("P9")));
}
