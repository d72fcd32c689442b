//! Policies without their types, as tables and settings hold them.

/// Declares the class of a policy whose trait can be a trait object, with `From` for each implementation of the trait.
macro_rules! class {
    ($(#[$doc:meta])* $class:ident, $policy:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $class(std::sync::Arc<dyn $policy>);

        impl $class {
            /// Wraps an implementation.
            pub fn new(policy: impl $policy) -> Self {
                Self(std::sync::Arc::new(policy))
            }
        }

        impl<P: $policy> From<P> for $class {
            fn from(policy: P) -> Self {
                Self::new(policy)
            }
        }

        impl std::ops::Deref for $class {
            type Target = dyn $policy;

            fn deref(&self) -> &Self::Target {
                &*self.0
            }
        }
    };
}
pub(crate) use class;
