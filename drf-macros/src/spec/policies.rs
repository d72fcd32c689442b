use super::Pagination;
use crate::args::{Given, PolicyArgs};
use crate::policies;

macro_rules! policy_spec {
    ($($name:ident: $times:ident,)*) => {
        /// The policies of a view or of an action. Where one is `None`, the next table decides: that of the view, the settings.
        pub(crate) struct Policies {
            $(pub(crate) $name: Option<Vec<policies::$name::Class>>,)*
            pub(crate) pagination: Option<Pagination>,
        }

        impl Policies {
            pub(crate) fn new(args: &PolicyArgs, pagination: Option<&Given<Pagination>>) -> Self {
                Self {
                    $($name: args.$name.as_ref().map(|given| given.value.clone()),)*
                    pagination: pagination.map(|given| given.value.clone()),
                }
            }
        }
    };
}
policies::policies!(policy_spec);
