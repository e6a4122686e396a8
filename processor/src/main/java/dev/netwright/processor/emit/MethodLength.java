package dev.netwright.processor.emit;

/**
 * How long a generated method's bytecode is.
 *
 * @param type simple name of the class that it is in, behind that of the one around it
 * @param name its own
 * @param line of the generated source, from 1 on
 * @param bytecodes about as many; JaCoCo and other agents add to them
 */
public record MethodLength(String type, String name, int line, int bytecodes) {}
