use drf::prelude::*;
use drf_ui_tests::PublisherSerializer;

#[model_viewset(serializer = PublisherSerializer, cascade(boooks))]
struct Publishers;

fn main() {}
