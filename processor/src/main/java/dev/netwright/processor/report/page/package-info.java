/** The page of a network: one file of HTML, a section a class, which needs nothing but itself. */
package dev.netwright.processor.report.page;
