/** What is right and hardly meant: one file for each lint, and the levels at which they are told. */
package dev.netwright.processor.lint;
