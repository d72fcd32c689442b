use syn::Expr;

use crate::args::{Given, Pagination, Permission, PolicyArgs, Throttle};

/// Policies of a viewset or of one action. `None` is what the next table decides: that of the viewset, the settings.
#[derive(Default)]
pub(crate) struct Policies {
    pub(crate) authentication: Option<Vec<Expr>>,
    pub(crate) permission: Option<Vec<Permission>>,
    pub(crate) throttle: Option<Vec<Throttle>>,
    pub(crate) pagination: Option<Pagination>,
}

impl Policies {
    pub(crate) fn new(args: &PolicyArgs, pagination: Option<&Given<Pagination>>) -> Self {
        Self {
            authentication: args.authentication.as_ref().map(|given| given.value.clone()),
            permission: args.permission.as_ref().map(|given| given.value.clone()),
            throttle: args.throttle.as_ref().map(|given| given.value.clone()),
            pagination: pagination.map(|given| given.value.clone()),
        }
    }
}
