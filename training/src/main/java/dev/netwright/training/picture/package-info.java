/** Pictures of training: curves, grids of images, filters. Each is written as PNG and as SVG. */
package dev.netwright.training.picture;
