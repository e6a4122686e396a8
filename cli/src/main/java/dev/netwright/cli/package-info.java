/** The command {@code netwright}, with {@code describe} for files of weights and {@code report} for declared networks. */
package dev.netwright.cli;
