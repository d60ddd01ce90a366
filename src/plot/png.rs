//! The scene as PNG: its SVG painted with the bundled font, never with fonts of the system.

use super::{SaveOptions, font, scene::Scene};
use crate::{Error, Result};

/// The largest picture that is painted, in pixels.
const MOST_PIXELS: f64 = 2e8;

impl Scene {
    /// The scene as a PNG file, opaque and in RGB.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] if the resolution is not between 18 and 4800 pixels per inch or the picture would have more
    /// than 200 million pixels.
    pub fn to_png(&self, options: &SaveOptions) -> Result<Vec<u8>> {
        let dpi = options.dpi;
        if !(18.0..=4800.0).contains(&dpi) {
            return Err(Error::setting("dpi", dpi.to_string(), "give a resolution between 18 and 4800"));
        }
        let scale = dpi / 72.0;
        let (width, height) = ((self.width * scale).round().max(1.0), (self.height * scale).round().max(1.0));
        let pixels = width * height;
        if pixels.is_nan() || pixels > MOST_PIXELS {
            return Err(Error::setting(
                "dpi",
                format!("{dpi} makes a picture of {width} by {height} pixels"),
                "choose a lower resolution, or SVG or PDF, which have none",
            ));
        }
        let failed =
            |what: &str| Error::model(format!("the picture could not be painted: {what}"), "save it as SVG");
        let tree = parse(self, &options.fonts).map_err(|reason| failed(&reason))?;
        let mut pixels = resvg::tiny_skia::Pixmap::new(width as u32, height as u32)
            .ok_or_else(|| failed("the page has no area"))?;
        let paper = self.background;
        pixels.fill(resvg::tiny_skia::Color::from_rgba8(paper.0, paper.1, paper.2, 255));
        let size = tree.size();
        let transform = resvg::tiny_skia::Transform::from_scale(
            width as f32 / size.width(),
            height as f32 / size.height(),
        );
        resvg::render(&tree, transform, &mut pixels.as_mut());
        // The page is opaque, so that premultiplied colors are colors.
        let rgb: Vec<u8> = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
        let mut out = Vec::new();
        encode(&mut out, width as u32, height as u32, dpi, &rgb)
            .map_err(|reason| failed(&reason.to_string()))?;
        Ok(out)
    }
}

fn encode(
    out: &mut Vec<u8>,
    width: u32,
    height: u32,
    dpi: f64,
    rgb: &[u8],
) -> std::result::Result<(), ::png::EncodingError> {
    let mut encoder = ::png::Encoder::new(out, width, height);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    // Pages are mostly paper and flat colors, which repeat as they are: filtered they are larger and slower to compress.
    encoder.set_compression(::png::Compression::Default);
    encoder.set_filter(::png::FilterType::NoFilter);
    let per_meter = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(::png::PixelDimensions {
        xppu: per_meter,
        yppu: per_meter,
        unit: ::png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()
}

/// The scene's SVG as the renderer reads it, with the bundled font first and then the caller's.
fn parse(scene: &Scene, fonts: &[Vec<u8>]) -> std::result::Result<resvg::usvg::Tree, String> {
    let mut options = resvg::usvg::Options::default();
    let database = options.fontdb_mut();
    database.load_font_data(font::REGULAR.to_vec());
    database.load_font_data(font::BOLD.to_vec());
    for file in fonts {
        database.load_font_data(file.clone());
    }
    resvg::usvg::Tree::from_str(&scene.to_svg(), &options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::plot::{
        scene::{Anchor, Paint, Shape, Text, Weight},
        theme::Color,
    };

    fn scene() -> Scene {
        let mut scene = Scene::new(72.0, 36.0);
        let paint = Paint::fill(Color(0x2b, 0x6c, 0xa3));
        scene.push("square", Shape::Rect { x: 36.0, y: 0.0, width: 36.0, height: 18.0, paint });
        scene.push(
            "label",
            Shape::Text(Text {
                x: 4.0,
                y: 30.0,
                content: "τ² ≤ −1 & <b> \u{1} 王 \u{5d0}".into(),
                size: 8.0,
                weight: Weight::Bold,
                anchor: Anchor::Start,
                color: Color::BLACK,
                rotation: 0.0,
            }),
        );
        scene
    }

    fn decode(file: &[u8]) -> (::png::OutputInfo, Vec<u8>, Option<::png::PixelDimensions>) {
        let mut reader = ::png::Decoder::new(file).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info, pixels, reader.info().pixel_dims)
    }

    #[test]
    fn pixels_stand_where_the_scene_has_them() {
        let file = scene().to_png(&SaveOptions::default().dpi(144.0)).unwrap();
        assert_eq!(file[..8], [0x89, b'P', b'N', b'G', 13, 10, 26, 10]);
        let (info, pixels, dimensions) = decode(&file);
        assert_eq!((info.width, info.height), (144, 72));
        assert_eq!(dimensions.map(|d| d.xppu), Some(5669), "144 per inch are 5669 per meter");
        let at = |x: usize, y: usize| -> [u8; 3] { pixels[3 * (y * 144 + x)..][..3].try_into().unwrap() };
        assert_eq!(at(100, 20), [0x2b, 0x6c, 0xa3]);
        assert_eq!(at(20, 10), [255, 255, 255]);
        let dark =
            (0..72).flat_map(|x| (44..62).map(move |y| (x, y))).filter(|&(x, y)| at(x, y)[0] < 100).count();
        assert!(dark > 100, "the bundled font writes: {dark} dark pixels");
        assert_eq!(
            file,
            scene().to_png(&SaveOptions::default().dpi(144.0)).unwrap(),
            "the same bytes every time"
        );
    }

    #[test]
    fn resolutions_out_of_range_are_named() {
        for dpi in [0.0, -300.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(scene().to_png(&SaveOptions::default().dpi(dpi)).is_err());
        }
        assert!(Scene::new(5000.0, 5000.0).to_png(&SaveOptions::default().dpi(600.0)).is_err());
    }
}
