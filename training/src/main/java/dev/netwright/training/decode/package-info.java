/** Pictures decoded from their files into the pixels that PIL gives. */
package dev.netwright.training.decode;
