//! The entities that a viewset is about.

use super::ViewDescription;
use crate::accounts::models::token;
use crate::deletion::EntityRegistry;
use crate::schema::Entity;
use crate::serializers::SerializerDescription;

/// Adds the entities of a viewset: its own, those of its serializers, and those that their relations lead to.
pub(crate) fn add_entities(known: &mut EntityRegistry, view: &ViewDescription) {
    // Its rows are deleted with the users, whether a view is about them or not.
    known.add(Entity::of::<token::Entity>());
    if let Some(entity) = view.entity {
        known.add(entity);
        view.cascade.iter().for_each(|path| known.add_path(entity, path));
    }
    let mut visited = Vec::new();
    for serializer in view.actions.iter().filter_map(|action| action.serializer) {
        add_serializer(known, serializer(), &mut visited);
    }
}

fn add_serializer(
    known: &mut EntityRegistry,
    description: &'static SerializerDescription,
    visited: &mut Vec<*const SerializerDescription>,
) {
    let address = std::ptr::from_ref(description);
    if visited.contains(&address) {
        return;
    }
    visited.push(address);
    if let Some(entity) = description.entity {
        known.add(entity);
    }
    for field in &description.fields {
        if let (Some(entity), Some(mut path)) = (description.entity, field.path.clone()) {
            field.relation.iter().for_each(|relation| path.end_with(relation));
            known.add_path(entity, &path.relations);
        }
        if let Some((nested, _)) = field.nested() {
            add_serializer(known, nested, visited);
        }
        if let Some(relation) = &field.relation {
            field.cascade.iter().for_each(|path| known.add_path(relation.to, path));
        }
    }
}
