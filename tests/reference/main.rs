//! Values made with other software, compared to the last digits that matter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bias;
mod bias_methods;
mod case;
mod csv;
mod distributions;
mod effects;
mod glmm;
mod influence;
mod linear;
mod location_scale;
mod measures;
mod model_matrix;
mod multilevel;
mod multilevel_edges;
mod multilevel_oracle;
mod network;
mod network_parts;
mod nominal_size;
mod regress;
mod regress_oracle;
mod robust;
mod robust_parts;
