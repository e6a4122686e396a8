/** Tests of whole generated networks: their numbers, their plans, their code, and what holds while they run. */
package dev.netwright.processor.networks;
