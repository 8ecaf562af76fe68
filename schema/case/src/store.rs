//! One statement for the same list of many parents.

use std::{collections::HashMap, hash::Hash};

use schema_kernel::{Page, Reader, Result, keyset};
use sea_orm::{EntityTrait, Select};

use crate::paging::PageOf;

/// Reads every page that was asked for: one statement for each distinct pair of view and page, which is one for a whole
/// document in which the list is asked for once.
pub(crate) async fn pages<E, Parent, View>(
    reader: &Reader,
    keys: &[PageOf<Parent, View>],
    arm: impl Fn(&PageOf<Parent, View>) -> Select<E>,
    parent: impl Fn(&E::Model) -> Option<Parent>,
) -> Result<HashMap<PageOf<Parent, View>, Vec<E::Model>>>
where
    E: EntityTrait,
    Parent: Clone + Eq + Hash,
    View: Clone + Eq + Hash,
{
    let mut alike: HashMap<(&View, &Page), Vec<&PageOf<Parent, View>>> = HashMap::new();
    for key in keys {
        alike.entry((&key.view, &key.page)).or_default().push(key);
    }
    let mut pages: HashMap<_, Vec<E::Model>> = HashMap::new();
    for ((view, page), keys) in alike {
        let arms = keys.into_iter().map(&arm);
        let Some(statement) = keyset::union_of(reader.database.backend(), arms) else {
            continue;
        };
        let rows = E::find()
            .from_raw_sql(statement)
            .all(reader.database.reader())
            .await?;
        for row in rows {
            if let Some(parent) = parent(&row) {
                let key = PageOf {
                    parent,
                    view: view.clone(),
                    page: page.clone(),
                };
                pages.entry(key).or_default().push(row);
            }
        }
    }
    Ok(pages)
}
