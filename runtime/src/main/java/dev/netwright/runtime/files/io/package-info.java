/**
 * Files as bytes: regions read without a copy where the file system can map them, and files written whole or not at
 * all.
 */
package dev.netwright.runtime.files.io;
