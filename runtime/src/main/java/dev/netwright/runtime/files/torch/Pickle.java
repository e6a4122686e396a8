package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;

/** Python's pickles (protocols 2 to 5) as data: no class or function that they name is looked up or run. */
public final class Pickle {
    private Pickle() {}

    /**
     * Reads one pickle.
     *
     * @param source the file's name, for messages
     * @param bytes the pickle from its position on, which moves behind it
     * @return null, Boolean, Long, BigInteger, Double, String, {@link PickledBytes}, List, {@link PickledTuple}, Set, Map,
     *     and for objects {@link PickledObject}; Python 2's byte strings are Strings of characters below 256
     * @throws MalformedFileException if it is no whole pickle
     */
    public static Object read(String source, ByteBuffer bytes) throws MalformedFileException {
        TorchErrors errors = new TorchErrors(source);
        try {
            return new PickleReader(errors, new PickleInput(errors, bytes), new Context(errors)).read();
        } catch (MalformedFileException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private record Context(TorchErrors errors) implements PickleReader.Context {
        @Override
        public Object persistent(Object id, int at) throws MalformedFileException {
            throw errors.at(at, TorchRule.PERSISTENT, PickledText.brief(id));
        }

        @Override
        public Object call(PickledGlobal function, PickledTuple arguments, int at) {
            boolean ordered = function.toString().equals("collections.OrderedDict")
                    && arguments.elements().isEmpty();
            return ordered ? new LinkedHashMap<>() : null;
        }
    }
}
