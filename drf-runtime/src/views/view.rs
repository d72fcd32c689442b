//! A viewset with its policies.

use super::{Action, Classes, Policies, ViewDescription};
use crate::request::Request;
use crate::urls::{Resource, RoutedAction};

/// A viewset with the policies of each action.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) description: ViewDescription,
    /// The policies of requests for no action: 405, `OPTIONS`
    pub(crate) policies: Policies,
    /// The policies of each action
    pub(crate) actions: Vec<Policies>,
}

impl View {
    pub(crate) fn new(description: ViewDescription, classes: &Classes) -> Self {
        let policies = Policies::new(&[&description.policies], classes);
        let of_action = |action: &Action| Policies::new(&[&action.policies, &description.policies], classes);
        let actions = description.actions.iter().map(of_action).collect();
        Self { description, policies, actions }
    }

    /// Returns the permissions that cannot judge the objects of this viewset, each once.
    pub(crate) fn permission_problems(&self) -> Vec<String> {
        let Some((model, name)) = self.description.model else { return Vec::new() };
        let mut problems = Vec::new();
        for problem in self
            .actions
            .iter()
            .flat_map(|policies| &policies.permission)
            .filter_map(|class| class.problem(model, name))
        {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems
    }

    /// Returns the view as the URLs of an app hold it.
    pub(crate) fn into_resource(self) -> Resource {
        let action = |(action, policies): (&Action, &Policies)| RoutedAction {
            name: action.name,
            extra: !action.url_path.is_empty(),
            parsers: policies.parsers.clone(),
        };
        Resource {
            path: self.description.path,
            entity: self.description.entity,
            cascade: self.description.cascade.clone(),
            actions: self.description.actions.iter().zip(&self.actions).map(action).collect(),
            fallback: RoutedAction { name: "", extra: false, parsers: self.policies.parsers.clone() },
            view: Box::new(self),
        }
    }

    /// Returns the view that the URLs of an app hold.
    pub(crate) fn of(resource: &Resource) -> &Self {
        resource.view.downcast_ref().expect("bug in `drf`: a URL leads to no view")
    }
}

impl Request {
    pub(crate) fn view(&self) -> &View {
        View::of(self.resolver_match().resource())
    }

    pub(crate) fn policies(&self) -> &Policies {
        let view = self.view();
        self.resolver_match().policies_index().map_or(&view.policies, |index| &view.actions[index])
    }
}
