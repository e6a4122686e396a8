"""Writes small pictures of many kinds, and what PIL makes of each, into the resources of PictureFileTest.

Run in training/: python3 src/test/python/pictures_golden.py (Pillow 9.4.0 made what is there). Each line of pictures.txt
names a file, its width and height, and the CRC-32 of its red, green and blue planes by Image.open(file).convert("RGB").
"""

import io
import pathlib
import struct
import zlib

from PIL import Image, ImageCms

OUT = pathlib.Path("src/test/resources/dev/netwright/training/decode/pictures")
W, H = 13, 10
lines = []


def picture(mode):
    bands = [
        [(11 * x + 5 * y) & 255 for y in range(H) for x in range(W)],
        [(16 * y + x) & 255 for y in range(H) for x in range(W)],
        [(3 * x * y + 40) & 255 for y in range(H) for x in range(W)],
        [(5 * x + 7 * y + 90) & 255 for y in range(H) for x in range(W)],
    ]
    count = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (W, H), bytes(v for pixel in zip(*bands[:count]) for v in pixel))


def keep(name, data):
    (OUT / name).write_bytes(data)
    image = Image.open(io.BytesIO(data))
    if image.mode.startswith("I"):
        # PIL clips such grey at 255, which leaves nothing: the upper byte, as it takes it of 16-bit colours.
        image = image.point(lambda v: v * (1 / 256)).convert("L")
    rgb = image.convert("RGB")
    planes = b"".join(band.tobytes() for band in rgb.split())
    lines.append(f"{name} {rgb.width} {rgb.height} {zlib.crc32(planes)}")


def save(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def segments(jpeg):
    """The segments before the scan, and the rest."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[at + 2 : at + 4])[0] + 2
        found.append(jpeg[at : at + length])
        at += length
    return found, jpeg[at:]


def changed(jpeg, change):
    found, rest = segments(jpeg)
    return jpeg[:2] + b"".join(change(s) for s in found) + rest


def without(marker):
    return lambda s: b"" if s[1] == marker else s


def renamed(jpeg, ids):
    """Components under other ids, in frame and scan."""

    def frame(s):
        if s[1] not in (0xC0, 0xC2):
            return s
        s = bytearray(s)
        for i, c in enumerate(ids):
            s[10 + 3 * i] = c
        return bytes(s)

    jpeg = bytearray(changed(changed(jpeg, without(0xE0)), frame))
    scan = jpeg.index(b"\xff\xda")
    for i, c in enumerate(ids):
        jpeg[scan + 5 + 2 * i] = c
    return bytes(jpeg)


def swapped_profile():
    """sRGB with red and green swapped: whoever applies it changes every pixel."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")


def png(color, depth, rows, extra=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, depth, color, 0, 0, 0))
        + (chunk(extra[:4], extra[4:]) if extra else b"")
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
        + chunk(b"IEND", b"")
    )


def rows(size):
    return [bytes((37 * y + 11 * x + (x * y) % 7 * 30) & 255 for x in range(size)) for y in range(H)]


def bmp16(masks):
    data = b"".join(bytes((37 * y + 11 * x) & 255 for x in range(2 * W)) + b"\0" * (-2 * W % 4) for y in range(H))
    head = struct.pack("<IiiHHIIiiII", 40, W, H, 1, 16, 3, len(data), 0, 0, 0, 0) + struct.pack("<III", *masks)
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(data), 0, 0, 14 + len(head)) + head + data


OUT.mkdir(parents=True, exist_ok=True)
rgb, grey, cmyk, alpha = picture("RGB"), picture("L"), picture("CMYK"), picture("RGBA")
palette = rgb.quantize(16)
profile = swapped_profile()

full = save(rgb, "JPEG", subsampling=0, quality=95)
keep("ycc444.jpg", full)
keep("ycc420.jpg", save(rgb, "JPEG"))
keep("ycc422-progressive.jpg", save(rgb, "JPEG", subsampling=1, progressive=True))
keep("grey.jpg", save(grey, "JPEG"))
keep("ycc-profile.jpg", save(rgb, "JPEG", icc_profile=profile))
keep("ycc-no-marker.jpg", changed(full, without(0xE0)))
keep("ycc-odd-ids.jpg", renamed(full, (7, 8, 9)))
keep("rgb-ids.jpg", renamed(full, b"RGB"))
inks = save(cmyk, "JPEG", quality=95)
keep("cmyk.jpg", inks)
keep("cmyk-no-marker.jpg", changed(inks, without(0xEE)))
keep("ycck.jpg", changed(inks, lambda s: s[:-1] + b"\2" if s[1] == 0xEE else s))
keep("cmyk-profile.jpg", save(cmyk, "JPEG", icc_profile=profile[:16] + b"CMYK" + profile[20:]))

for depth in 1, 2, 4, 8, 16:
    keep(f"grey{depth}.png", png(0, depth, rows((W * depth + 7) // 8)))
for depth in 8, 16:
    keep(f"grey-alpha{depth}.png", png(4, depth, rows(2 * W * depth // 8)))
    keep(f"rgb{depth}.png", png(2, depth, rows(3 * W * depth // 8)))
    keep(f"rgba{depth}.png", png(6, depth, rows(4 * W * depth // 8)))
keep("grey-key.png", png(0, 8, rows(W), b"tRNS\0\x25"))
keep("rgb-key.png", png(2, 8, rows(3 * W), b"tRNS\0\0\0\x0b\0\x16"))
keep("gamma.png", png(2, 8, rows(3 * W), b"gAMA" + struct.pack(">I", 100000)))
keep("rgb-profile.png", save(rgb, "PNG", icc_profile=profile))
keep("palette.png", save(palette, "PNG"))
keep("palette-alpha.png", save(palette, "PNG", transparency=bytes(range(0, 160, 10))))
keep("palette.gif", save(palette, "GIF"))
keep("palette-key.gif", save(palette, "GIF", transparency=3))

keep("rgb.bmp", save(rgb, "BMP"))
keep("palette.bmp", save(palette, "BMP"))
keep("grey.bmp", save(grey, "BMP"))
keep("bits.bmp", save(grey.convert("1"), "BMP"))
keep("555.bmp", bmp16((0x7C00, 0x3E0, 0x1F)))
keep("565.bmp", bmp16((0xF800, 0x7E0, 0x1F)))

keep("rgb.tif", save(rgb, "TIFF"))
keep("rgb-lzw.tif", save(rgb, "TIFF", compression="tiff_lzw"))
keep("rgb-profile.tif", save(rgb, "TIFF", icc_profile=profile))
keep("rgba.tiff", save(alpha, "TIFF"))
keep("grey.tif", save(grey, "TIFF"))
keep("grey-alpha.tif", save(picture("LA"), "TIFF"))
keep("grey16.tif", save(Image.open(io.BytesIO(png(0, 16, rows(2 * W)))).convert("I;16"), "TIFF"))
keep("bits.tif", save(grey.convert("1"), "TIFF"))
keep("cmyk.tif", save(cmyk, "TIFF"))

for orientation in range(2, 9):
    keep(f"orientation{orientation}.tif", save(rgb, "TIFF", tiffinfo={274: orientation}))
keep("grey-orientation6.tif", save(grey.convert("1"), "TIFF", tiffinfo={274: 6}))

# Refused.
(OUT / "signed.tif").write_bytes(save(grey.convert("I"), "TIFF"))
(OUT / "cmyk-jpeg.tif").write_bytes(save(cmyk, "TIFF", compression="jpeg"))

(OUT / "pictures.txt").write_text("\n".join(lines) + "\n")
