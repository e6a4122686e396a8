/** Where the boxes and lines of a graph go on paper: a layered drawing, in whole numbers. */
package dev.netwright.processor.report.draw;
