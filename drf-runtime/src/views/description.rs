//! The descriptions of viewsets.

use std::any::{TypeId, type_name};

use sea_orm::EntityTrait;

use super::{Action, Handler, PolicyTable};
use crate::schema::{Column, Entity, Place, Relation, Source};

/// A struct with `#[model_viewset]`. DRF's `ViewSet`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a viewset",
    label = "not a viewset",
    note = "write `#[model_viewset(serializer = ..)]` or `#[viewset]` above the struct, or `#[api_view]` above the function"
)]
pub trait ViewSet: 'static {
    /// Returns the table of everything that was declared.
    fn describe() -> ViewDescription;
}

/// A viewset of the rows of an entity. DRF's `ModelViewSet`.
pub trait ModelViewSet: 'static {
    /// The entity
    type Entity: EntityTrait<Model: Sync>;
}

/// A viewset as declared: actions, policies, lookup.
#[derive(Debug)]
pub struct ViewDescription {
    /// The name of the struct
    pub name: &'static str,
    /// The name with those of its modules, once the view is registered
    pub(crate) path: &'static str,
    /// The doc comment of the struct, for `OPTIONS`
    pub description: &'static str,
    /// The table, where there is one
    pub entity: Option<&'static Entity>,
    /// The type of the objects that permissions judge, where there is a table
    pub(crate) model: Option<(TypeId, &'static str)>,
    /// The look-up of one row
    pub lookup: RowLookup,
    /// The actions
    pub actions: Vec<Action>,
    /// True if `OPTIONS` calls it `.. List` and `.. Instance`, as DRF does with viewsets
    pub(crate) suffixed: bool,
    /// Policies for all actions that have none of their own
    pub policies: PolicyTable,
    /// Looks for the row of the URL, and asks the permissions about it
    pub(crate) get_object: Option<Handler>,
    /// True if each request that writes is one transaction, with its row locked
    pub(crate) atomic: bool,
    /// The relations whose rows are deleted with a row
    pub(crate) cascade: Vec<Vec<Relation>>,
    pub(crate) problems: Vec<String>,
}

impl ViewDescription {
    /// Creates a viewset of the rows of an entity, without actions.
    pub fn new<E: EntityTrait>(name: &'static str, description: &'static str) -> Self {
        let model = (TypeId::of::<E::Model>(), type_name::<E::Model>());
        Self { entity: Some(Entity::of::<E>()), model: Some(model), ..Self::plain(name, description) }
    }

    /// Creates a viewset without a table.
    pub fn plain(name: &'static str, description: &'static str) -> Self {
        Self {
            name,
            path: name,
            description,
            entity: None,
            model: None,
            lookup: RowLookup::default(),
            actions: Vec::new(),
            suffixed: true,
            policies: PolicyTable::default(),
            get_object: None,
            atomic: false,
            cascade: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Returns the description of a viewset whose attribute has errors, so that one mistake is one error.
    pub fn broken(name: &'static str) -> Self {
        Self::plain(name, "")
    }

    /// Sets the column by which one row is found.
    pub fn lookup_field<S>(mut self, source: &Source<S>) -> Self {
        self.look_up_by(&source.place);
        self
    }

    fn look_up_by(&mut self, place: &Place) {
        self.problems.extend(place.problem.as_ref().map(|problem| format!("`lookup_field`: {problem}")));
        self.lookup.field = Some(place.path.column);
        if self.lookup.url_kwarg == "pk" {
            self.lookup.url_kwarg = place.path.column.name;
        }
    }

    /// Sets the name of the URL argument.
    pub fn lookup_url_kwarg(mut self, name: &'static str) -> Self {
        self.lookup.url_kwarg = name;
        self
    }

    /// Sets the pattern of the URL argument.
    pub fn lookup_value_regex(mut self, pattern: &'static str) -> Self {
        self.lookup.value_regex = pattern;
        self
    }

    /// Adds one more relation whose rows are deleted with a row: Django's `on_delete=CASCADE`, where the database does
    /// not do it.
    pub fn cascade<S>(mut self, source: &Source<S>) -> Self {
        self.add_cascade(&source.place);
        self
    }

    fn add_cascade(&mut self, place: &Place) {
        self.problems.extend(place.problem.as_ref().map(|problem| format!("`cascade`: {problem}")));
        let path = place.whole_path();
        if path.last().is_none_or(Relation::is_forward) {
            self.problems.push(format!(
                "`cascade`: `{}` is not a relation to rows that depend on this one",
                place.path.name
            ));
        }
        self.cascade.push(path);
        // What depends on what depends goes first.
        self.cascade.sort_by_key(|path| std::cmp::Reverse(path.len()));
    }

    /// Sets the function that looks up the row of the URL, for `OPTIONS`.
    pub fn get_object(mut self, handler: Handler) -> Self {
        self.get_object = Some(handler);
        self
    }

    /// Makes each request that writes one transaction, and locks the row of the URL in it. Django's `ATOMIC_REQUESTS` and
    /// `select_for_update`.
    pub fn atomic(mut self) -> Self {
        self.atomic = true;
        self
    }

    /// Adds one more action.
    pub fn action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }

    /// More actions.
    pub fn actions(mut self, actions: Vec<Action>) -> Self {
        self.actions.extend(actions);
        self
    }
}

/// The look-up of one row. DRF's `lookup_field` and its companions.
#[derive(Debug, Clone)]
pub struct RowLookup {
    /// The column; the primary key if there is none
    pub field: Option<&'static Column>,
    /// The name of the URL argument
    pub url_kwarg: &'static str,
    /// The pattern of the URL argument
    pub value_regex: &'static str,
}

impl Default for RowLookup {
    fn default() -> Self {
        Self { field: None, url_kwarg: "pk", value_regex: "[^/.]+" }
    }
}
