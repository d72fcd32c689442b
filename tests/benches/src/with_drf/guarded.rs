use drf::prelude::*;

use super::books::BookSerializer;

#[model_viewset(serializer = BookSerializer, pagination = none)]
#[authentication(TokenAuthentication)]
#[permission(IsAuthenticated)]
#[throttle(rate = "100000000/day")]
pub struct GuardedBookViewSet;
