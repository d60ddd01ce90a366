//! Random numbers that look for trouble.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Numbers from the bytes of an input as long as there are some, then Marsaglia's xorshift.
pub struct Random {
    state: u64,
    chosen: Vec<u8>,
    at: usize,
}

/// Values at the edges of what numbers can be, and ordinary ones between.
const EDGES: [f64; 40] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    1e-3,
    1e3,
    1e6,
    1e9,
    1e12,
    1e15,
    9007199254740993.0,
    1e20,
    1e50,
    1e100,
    1e154,
    1e155,
    1e200,
    1e300,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    1e-320,
    1e-300,
    1e-200,
    1e-155,
    1e-100,
    1e-30,
    1e-16,
    1e-13,
    1e-8,
    -1e-8,
    -1e8,
    -1e300,
    0.999_999_999_999_999_9,
    1.000_000_000_000_000_2,
    1e-5,
    100.0,
];

impl Random {
    pub fn new(family: &str, seed: u64) -> Self {
        let mut hasher = DefaultHasher::new(); // fixed keys: the same numbers in every run
        (family, seed).hash(&mut hasher);
        Random { state: hasher.finish() | 1, chosen: Vec::new(), at: 0 }
    }

    /// Choices from bytes, two for each.
    pub fn chosen(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Random { state: hasher.finish() | 1, chosen: bytes.to_vec(), at: 0 }
    }

    pub fn bits(&mut self) -> u64 {
        if let Some([one, two]) = self.chosen.get(self.at..self.at + 2) {
            self.at += 2;
            // An odd factor: every pair of bytes has bits of its own.
            return u64::from(u16::from_le_bytes([*one, *two])).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() >> 11) as usize % n.max(1)
    }

    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// About normal.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Any finite number: ordinary, of any magnitude, or at an edge.
    pub fn finite(&mut self) -> f64 {
        match self.below(4) {
            0 => self.normal(),
            1 => EDGES[self.below(EDGES.len())],
            2 => self.normal() * 10_f64.powf(20.0 * self.normal()),
            _ => self.normal() * 10.0,
        }
        .clamp(f64::MIN, f64::MAX)
    }

    /// Any number, those that are none included.
    pub fn any(&mut self) -> f64 {
        match self.below(12) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 => f64::from_bits(self.bits()),
            _ => self.finite(),
        }
    }

    /// A number above 0.
    pub fn positive(&mut self) -> f64 {
        self.finite().abs().max(5e-324)
    }

    pub fn probability(&mut self) -> f64 {
        match self.below(4) {
            0 => self.one_of(&[0.0, 1.0, 5e-324, 1e-300, 1e-16, 0.5, 1.0 - 1e-16, 1e-8, 0.025]),
            1 => 10_f64.powf(-300.0 * self.uniform()),
            _ => self.uniform(),
        }
    }

    /// A whole number of any size.
    pub fn whole(&mut self) -> u64 {
        match self.below(5) {
            0 => self.one_of(&[0, 1, 2, u64::MAX, u64::MAX / 2, 1 << 53, u64::from(u32::MAX), 1_000_000]),
            1 => self.bits() >> self.below(64),
            _ => self.below(60) as u64,
        }
    }

    /// Estimates and variances of k studies: of one kind, or with a few extreme ones among them.
    pub fn studies(&mut self, k: usize) -> (Vec<f64>, Vec<f64>) {
        let kind = self.below(6);
        let scale = self.positive();
        (0..k)
            .map(|i| match kind {
                0 => (self.normal(), 0.02 + self.uniform()),
                1 => (self.finite(), self.positive()),
                2 => (self.normal() * scale, (0.1 + self.uniform()) * scale * scale),
                3 => (0.5, 0.1),
                4 if i == 0 => (self.normal(), self.positive()),
                5 => (self.normal(), 10_f64.powf(10.0 * self.normal())),
                _ => (self.normal(), 0.02 + self.uniform()),
            })
            .map(|(y, v)| (y.clamp(f64::MIN, f64::MAX), v.clamp(5e-324, f64::MAX)))
            .unzip()
    }

    /// Counts of a 2 by 2 table.
    pub fn cells(&mut self) -> [f64; 4] {
        let wild = self.chance(0.15);
        std::array::from_fn(|_| match self.below(6) {
            0 => 0.0,
            1 if wild => self.any(),
            2 if wild => self.finite().abs().round(),
            3 => self.below(3) as f64,
            _ => self.below(200) as f64,
        })
    }

    /// Text with what parsers and terminals stumble over.
    pub fn text(&mut self) -> String {
        const PIECES: [&str; 35] = [
            "a",
            "x1",
            "yi",
            " ",
            ",",
            ";",
            "\t",
            "\n",
            "\r",
            "\"",
            "'",
            "=",
            "~",
            "+",
            "-",
            "*",
            ":",
            "|",
            "(",
            ")",
            "1",
            "0.5",
            "1e999",
            "-0",
            "NA",
            "\u{1b}[2J",
            "\u{202e}",
            "é",
            "王",
            "\u{0}",
            "`",
            "^",
            "I(",
            "<b>",
            "9999999999999999999999",
        ];
        let n = self.below(12);
        (0..n).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}
