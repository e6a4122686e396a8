/** What the tests of several modules share: shared data, golden numbers, seeds, and the rule of a module's rooms. */
package dev.netwright.testing;
