package dev.netwright.runtime.files.torch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes the opcodes that Python would take for a few kinds of values. */
class PickleBuilder {
    final List<PickleToken> tokens = new ArrayList<>();
    /** Whether with the opcodes of protocol 4. */
    final boolean modern;

    PickleBuilder(boolean modern) {
        this.modern = modern;
    }

    void op(int opcode) {
        tokens.add(PickleToken.of(opcode));
    }

    void text(String text) {
        tokens.add(PickleToken.text(modern ? 0x8c : 'X', text));
    }

    void number(long value) {
        if (value >= 0 && value < 256) {
            tokens.add(PickleToken.number('K', value));
        } else if (value >= 0 && value < 65536) {
            tokens.add(PickleToken.number('M', value));
        } else if (value == (int) value) {
            tokens.add(PickleToken.number('J', value));
        } else {
            byte[] big =
                    ByteBuffer.allocate(8).putLong(Long.reverseBytes(value)).array();
            tokens.add(PickleToken.of(0x8a, big));
        }
    }

    void global(String module, String name) {
        if (modern) {
            text(module);
            text(name);
            op(0x93);
        } else {
            tokens.add(PickleToken.global(module, name));
        }
    }

    void orderedDict() {
        global("collections", "OrderedDict");
        op(')');
        op('R');
    }
}
