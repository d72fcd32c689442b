//! The place that a field reads its value from: a column, a relation, either through relations.
//!
//! A path is resolved twice. The closures (`|model| &model.name`) are never called: they make the compiler check the
//! names and find the types. The names lead to the columns when the description is built.

use std::marker::PhantomData;
use std::ops::Deref;

use sea_orm::entity::compound::{BelongsTo, BelongsToCardinality, HasMany, HasOne};
use sea_orm::{EntityTrait, Related, RelationDef, RelationTrait};

use super::{Column, ColumnPath, Entity, Relation};

/// A place that holds values of the type `S`: a column's type, [`ForeignKey`], or lists and options of these.
#[derive(Debug, Clone)]
pub struct Source<S> {
    pub(crate) place: Place,
    kind: PhantomData<fn() -> S>,
}

/// A source without the type of its values, for code that is compiled once and not for each type.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) path: ColumnPath,
    /// The relation itself, where it and not a column behind it was named
    pub(crate) relation: Option<Relation>,
    pub(crate) problem: Option<String>,
}

/// The type `Wanted` that a field of type `T` reads.
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot read a column of type `{Self}`",
    label = "the column holds `{Self}`",
    note = "write the type of the column",
    note = "a relation to one row is a `PrimaryKeyRelated<other::Entity>`, to many a `Vec<PrimaryKeyRelated<other::Entity>>`",
    note = "a nested serializer is one of the entity that the relation leads to; a `SlugRelated<other::Entity, i64>` is by a column of `i64`"
)]
pub trait SourceOf<T, Wanted> {}

impl<T, Wanted> SourceOf<T, Wanted> for Wanted {}

/// The type of a source that is a relation to rows of `E`.
#[derive(Debug)]
pub struct ForeignKey<E>(PhantomData<fn() -> E>);

/// The fields of a model and its relations, as the type that has them all.
pub type ModelOf<E> = <E as EntityTrait>::ModelEx;

/// A field of the model, with the type that the compiler found for it.
#[derive(Debug)]
pub struct ModelField<E, S>(ModelColumn<E, S>);

/// A field of the model that is no relation.
#[derive(Debug)]
pub struct ModelColumn<E, S>(PhantomData<fn(E) -> S>);

impl<E, S> ModelField<E, S> {
    fn new() -> Self {
        Self(ModelColumn(PhantomData))
    }
}

/// Gives way to [`NamedColumn`] where [`NamedRelation`] is not implemented.
impl<E, S> Deref for ModelField<E, S> {
    type Target = ModelColumn<E, S>;

    fn deref(&self) -> &ModelColumn<E, S> {
        &self.0
    }
}

/// Starts a path with a field of the model: `column::<Entity, _>(|model| &model.name)`.
pub fn column<E: EntityTrait, S>(_: fn(&ModelOf<E>) -> &S) -> ModelField<E, S> {
    ModelField::new()
}

/// Starts a path with a relation that `relations(publisher = publisher::Entity)` declares.
pub fn related_one<E: EntityTrait, C: RelationTo>() -> ModelField<E, BelongsTo<C>> {
    ModelField::new()
}

/// Starts a path with a relation that `relations(authors = [author::Entity])` declares.
pub fn related_many<E: EntityTrait, R: EntityTrait>() -> ModelField<E, HasMany<R>> {
    ModelField::new()
}

/// A target of `relations(..)`: an entity, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no entity",
    label = "not an entity",
    note = "write `publisher::Entity`, `Option<publisher::Entity>` where the foreign key may be null, `[author::Entity]` for many rows"
)]
pub trait RelationTo: BelongsToCardinality {}

#[diagnostic::do_not_recommend]
impl<C: BelongsToCardinality> RelationTo for C {}

/// A field that is a column. A relation takes precedence, whether it is `Related` or not. (Were these functions of the types
/// themselves, the compiler would say about an unknown column that several of them apply.)
pub trait NamedColumn {
    /// The type of the column
    type Kind;

    /// Returns the column with this name.
    fn named(&self, name: &'static str) -> Source<Self::Kind>;
}

impl<E: EntityTrait, S> NamedColumn for ModelColumn<E, S> {
    type Kind = S;

    fn named(&self, name: &'static str) -> Source<S> {
        at_column(Entity::of::<E>(), Entity::column::<E>(name), name).of()
    }
}

/// Returns a column of an entity; a problem if it has none of this name.
fn at_column(entity: &'static Entity, column: Option<&'static Column>, name: &'static str) -> Place {
    let problem = column.is_none().then(|| format!("`{}` has no column `{name}`", entity.object_name));
    let column = column.unwrap_or(entity.primary_key());
    let path = ColumnPath { relations: Vec::new(), column, name: name.to_owned() };
    Place { path, relation: None, problem }
}

/// A field that is a relation. It is looked up among those of the entity by its name; of several that lead to one table, none
/// is `Related`.
pub trait NamedRelation {
    /// The type of the related rows
    type Kind;

    /// Returns the relation with this name.
    fn named(self, name: &'static str) -> Source<Self::Kind>;
}

/// An `Option` where the foreign key may be NULL.
impl<E: EntityTrait + Related<C::Entity>, C: BelongsToCardinality> NamedRelation
    for ModelField<E, BelongsTo<C>>
{
    type Kind = C::Value<ForeignKey<C::Entity>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        related::<E, C::Entity>(name, false).of()
    }
}

impl<E: EntityTrait, C: BelongsToCardinality> NamedRelation for &ModelField<E, BelongsTo<C>> {
    type Kind = C::Value<ForeignKey<C::Entity>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        unrelated::<E, C::Entity>(name, false).of()
    }
}

impl<E: EntityTrait + Related<R>, R: EntityTrait> NamedRelation for ModelField<E, HasOne<R>> {
    type Kind = Option<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        related::<E, R>(name, false).of()
    }
}

impl<E: EntityTrait, R: EntityTrait> NamedRelation for &ModelField<E, HasOne<R>> {
    type Kind = Option<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        unrelated::<E, R>(name, false).of()
    }
}

impl<E: EntityTrait + Related<R>, R: EntityTrait> NamedRelation for ModelField<E, HasMany<R>> {
    type Kind = Vec<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        related::<E, R>(name, true).of()
    }
}

impl<E: EntityTrait, R: EntityTrait> NamedRelation for &ModelField<E, HasMany<R>> {
    type Kind = Vec<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        unrelated::<E, R>(name, true).of()
    }
}

fn related<E: EntityTrait + Related<R>, R: EntityTrait>(name: &'static str, many: bool) -> Place {
    find(Entity::of::<E>(), Entity::of::<R>(), name, many, Some((E::to(), E::via())))
}

fn unrelated<E: EntityTrait, R: EntityTrait>(name: &'static str, many: bool) -> Place {
    find(Entity::of::<E>(), Entity::of::<R>(), name, many, None)
}

fn find(
    from: &'static Entity,
    to: &'static Entity,
    name: &'static str,
    many: bool,
    related: Option<(RelationDef, Option<RelationDef>)>,
) -> Place {
    at_relation(from, name, Relation::find(from, to, name, many, related))
}

/// A variant of the `Relation` enum of an entity.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no relation",
    label = "not a variant of a `Relation`",
    note = "write the variant of the entity's enum of relations: `book::Relation::Publisher`"
)]
pub trait RelationVariant {
    /// Its name and its definition.
    #[doc(hidden)]
    fn declared(self) -> (String, RelationDef);
}

#[diagnostic::do_not_recommend]
impl<V: RelationTrait> RelationVariant for V {
    fn declared(self) -> (String, RelationDef) {
        (self.name(), self.def())
    }
}

impl<E: EntityTrait, C: BelongsToCardinality> ModelField<E, BelongsTo<C>> {
    /// Returns the relation that a variant declares: `relations(home(entity = team::Entity, relation = game::Relation::Home))`.
    pub fn declared(
        self,
        name: &'static str,
        variant: impl RelationVariant,
    ) -> Source<C::Value<ForeignKey<C::Entity>>> {
        let (from, to) = (Entity::of::<E>(), Entity::of::<C::Entity>());
        at_relation(from, name, Relation::declared(from, to, name, false, variant.declared())).of()
    }
}

impl<E: EntityTrait, R: EntityTrait> ModelField<E, HasMany<R>> {
    /// Returns the relation that a variant declares, of this entity or of the other one.
    pub fn declared(self, name: &'static str, variant: impl RelationVariant) -> Source<Vec<ForeignKey<R>>> {
        let (from, to) = (Entity::of::<E>(), Entity::of::<R>());
        at_relation(from, name, Relation::declared(from, to, name, true, variant.declared())).of()
    }

    /// Returns the many-to-many relation through the join table with two foreign keys, to this entity and to the other one.
    pub fn through(
        self,
        name: &'static str,
        first: impl RelationVariant,
        second: impl RelationVariant,
    ) -> Source<Vec<ForeignKey<R>>> {
        let ends = (Entity::of::<E>(), Entity::of::<R>());
        let (first, second) = (first.declared().1, second.declared().1);
        let relation = Relation::through(name, ends, &(&first).into(), &(&second).into());
        at_relation(ends.0, name, relation).of()
    }
}

fn at_relation(entity: &'static Entity, name: &'static str, found: Result<Relation, String>) -> Place {
    let path = |relations, column| ColumnPath { relations, column, name: name.to_owned() };
    let relation = match found {
        Ok(relation) => relation,
        Err(problem) => {
            let path = path(Vec::new(), entity.primary_key());
            return Place { path, relation: None, problem: Some(problem) };
        }
    };
    let key = relation.to.primary_key();
    let own = entity.column_named(&relation.from_column.to_string());
    // A foreign key to another column than the primary key holds no primary key: the row itself is read.
    let own = own.filter(|_| relation.forward && relation.to_column.to_string() == key.name);
    let path = match own {
        Some(own) => path(Vec::new(), own),
        None => path(vec![relation.clone()], key),
    };
    Place { path, relation: Some(relation), problem: None }
}

impl Place {
    pub(crate) fn of<S>(self) -> Source<S> {
        Source { place: self, kind: PhantomData }
    }

    /// Returns the relations of the path, the one it ends with among them.
    pub(crate) fn whole_path(&self) -> Vec<Relation> {
        let mut path = self.path.clone();
        self.relation.iter().for_each(|relation| path.end_with(relation));
        path.relations
    }

    fn step(self, next: Self) -> Self {
        let mut relations = self.whole_path();
        relations.extend(next.path.relations);
        let name = format!("{}__{}", self.path.name, next.path.name);
        let path = ColumnPath { relations, column: next.path.column, name };
        Self { path, relation: next.relation, problem: self.problem.or(next.problem) }
    }
}

/// A relation, of which a path goes on: the type behind it.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is no relation: there is nothing behind it",
    label = "not behind a relation",
    note = "write the column alone, or a relation before the `.`",
    note = "an entity in sea-orm's old format says its relations with `relations(..)`"
)]
pub trait Step {
    /// The entity at the end of the relation
    type Entity: EntityTrait;
    /// The type of a source of type `S` behind the relation
    type Behind<S>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for ForeignKey<E> {
    type Entity = E;
    type Behind<S> = S;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for Option<ForeignKey<E>> {
    type Entity = E;
    type Behind<S> = Option<S>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for Vec<ForeignKey<E>> {
    type Entity = E;
    type Behind<S> = Vec<S>;
}

/// Continues a path with a field of the entity that its relation leads to.
pub fn column_through<K: Step, S>(
    _: &Source<K>,
    _: fn(&ModelOf<K::Entity>) -> &S,
) -> ModelField<K::Entity, S> {
    ModelField::new()
}

/// Continues a path with a relation that `relations(publisher.owner = user::Entity)` declares.
pub fn related_through<K: Step, C: RelationTo>(_: &Source<K>) -> ModelField<K::Entity, BelongsTo<C>> {
    ModelField::new()
}

/// Continues a path with a relation that `relations(publisher.books = [book::Entity])` declares.
pub fn related_many_through<K: Step, R: EntityTrait>(_: &Source<K>) -> ModelField<K::Entity, HasMany<R>> {
    ModelField::new()
}

/// Joins a path and the source at its end.
pub fn through<K: Step, S>(path: Source<K>, next: Source<S>) -> Source<K::Behind<S>> {
    path.place.step(next.place).of()
}
