"""Writes what torchvision makes of small pictures: transforms_golden.txt.gz, which TransformsGoldenTest reads.

A line is: name|channels height width|hex of the pixels, planes one after the other. Pictures are drawn by a formula that
the test repeats, so that the file holds results alone. Run with Debian's python3-torchvision 0.14 (Pillow 9.4):

    python3 transforms_golden.py ../resources/dev/netwright/training/transforms/transforms_golden.txt.gz
"""

import gzip
import sys

import numpy
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F


def picture(number, height, width):
    """As TransformsGoldenTest draws it: smooth in one channel, rough in the others."""
    pixels = numpy.zeros((height, width, 3), numpy.uint8)
    for y in range(height):
        for x in range(width):
            pixels[y, x, 0] = (7 * x + 13 * y + 31 * number) % 256
            pixels[y, x, 1] = (x * x * 5 + y * 29 + x * y * number) % 256
            pixels[y, x, 2] = ((x ^ y) * 37 + number * 101) % 256
    return Image.fromarray(pixels)


SIZES = [(9, 10), (12, 7), (8, 8), (1, 7), (13, 11)]
PICTURES = [picture(i, h, w) for i, (h, w) in enumerate(SIZES)]


def line(name, result):
    array = numpy.asarray(result)
    array = array[:, :, None] if array.ndim == 2 else array
    planes = numpy.ascontiguousarray(array.transpose(2, 0, 1))
    return "%s|%d %d %d|%s" % ((name,) + planes.shape + (planes.tobytes().hex(),))


def main(path):
    lines = []
    for i, image in enumerate(PICTURES):
        def add(name, result):
            lines.append(line("%d %s" % (i, name), result))

        for mode in (InterpolationMode.NEAREST, InterpolationMode.BILINEAR, InterpolationMode.BICUBIC):
            for size in ((4, 3), (14, 3), (12, 15)):
                add("resize %s %d %d" % ((mode.value,) + size), F.resize(image, list(size), mode))
        if i != 3:
            add("resize short 5", F.resize(image, 5))
            add("resize short 5 max 6", F.resize(image, 5, max_size=6))
        for size in ((4, 4), (5, 7), (8, 16), (15, 3)):
            add("center_crop %d %d" % size, F.center_crop(image, list(size)))
        add("pad constant", F.pad(image, [1, 2, 3, 4], fill=(9, 200, 77)))
        add("pad edge", F.pad(image, [1, 2, 3, 4], padding_mode="edge"))
        if i != 3:
            add("pad reflect", F.pad(image, [1, 2, 3, 4], padding_mode="reflect"))
            add("pad symmetric", F.pad(image, [1, 2, 3, 4], padding_mode="symmetric"))
        add("gray 1", F.rgb_to_grayscale(image, 1))
        add("gray 3", F.rgb_to_grayscale(image, 3))
        add("hflip", F.hflip(image))
        add("vflip", F.vflip(image))
        for factor in (0.0, 0.37, 1.0, 1.63):
            add("brightness %s" % factor, F.adjust_brightness(image, factor))
            add("contrast %s" % factor, F.adjust_contrast(image, factor))
            add("saturation %s" % factor, F.adjust_saturation(image, factor))
        for factor in (-0.5, -0.13, 0.0, 0.29):
            add("hue %s" % factor, F.adjust_hue(image, factor))
        for angle in (0, 17.5, 90, 180, 200, -33):
            add("rotate %s" % angle, F.rotate(image, angle, fill=(5, 6, 250)))
    with open(path, "wb") as out:
        out.write(gzip.compress(("\n".join(lines) + "\n").encode("ascii"), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
