//! Figures of economic evaluations.
