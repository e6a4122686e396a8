package dev.netwright.runtime.files.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that {@code torch.save} wrote before PyTorch 1.6: pickles of a magic number, the protocol, the machine, the
 * object and the storages' keys, and then each storage's length and elements.
 */
final class LegacyLayout {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Object PROTOCOL = 1001L;

    private final TorchErrors errors;
    private final ByteSource source;
    private final PickleInput in;
    private final ByteBuffer pickles;
    private final boolean bigEndian;
    private final int object;
    /** Where each storage's elements start. */
    private final Map<String, Long> places = new HashMap<>();

    LegacyLayout(TorchErrors errors, ByteSource source) throws IOException {
        this.errors = errors;
        this.source = source;
        this.pickles = source.slice(0, (int) Math.min(source.size(), Integer.MAX_VALUE));
        this.in = new PickleInput(errors, pickles);
        if (!MAGIC.equals(plain("the magic number"))) {
            throw errors.at(0, TorchRule.MAGIC);
        }
        Object protocol = plain("the protocol");
        if (!PROTOCOL.equals(protocol)) {
            throw errors.at(0, TorchRule.LEGACY_PROTOCOL, PickledText.brief(protocol), PROTOCOL);
        }
        this.bigEndian =
                plain("the machine") instanceof Map<?, ?> machine && Boolean.FALSE.equals(machine.get("little_endian"));
        this.object = in.position();
    }

    /** A pickle that refers to no tensor. */
    private Object plain(String what) throws IOException {
        int start = in.position();
        TorchPickle context = new TorchPickle(errors, (view, at) -> view);
        Object value = new PickleReader(errors, in, context).read();
        if (!context.storages().isEmpty()) {
            throw errors.at(start, TorchRule.PREFIX_STORAGE, what);
        }
        return value;
    }

    /** What the file holds, with tensors. */
    Object read() throws IOException {
        // The storages come after the object, so the object is read twice: for their sizes, and with their bytes.
        TorchPickle outline = new TorchPickle(errors, (view, at) -> view);
        new PickleReader(errors, in, outline).read();
        findStorages(outline);
        return read(new TensorGather(errors, source.size(), this::bytes, bigEndian));
    }

    /** What the file holds, with whatever tensors become; their bytes are not looked at. */
    Object read(TorchPickle.Tensors tensors) throws IOException {
        pickles.position(object);
        return new PickleReader(errors, in, new TorchPickle(errors, tensors)).read();
    }

    private void findStorages(TorchPickle outline) throws IOException {
        int start = in.position();
        if (!(plain("the list of storages") instanceof List<?> keys)) {
            throw errors.at(start, TorchRule.NO_LIST);
        }
        long at = in.position();
        for (Object key : keys) {
            TorchStorage storage =
                    key instanceof String name ? outline.storages().get(name) : null;
            TorchPickle.ForeignStorage foreign =
                    key instanceof String name ? outline.foreign().get(name) : null;
            if (storage == null && foreign == null) {
                throw errors.at(start, TorchRule.LISTED_UNUSED, PickledText.brief(key));
            }
            String name = (String) key;
            long expected = storage != null ? storage.elements() : foreign.elements();
            int width = storage != null ? storage.width() : foreign.width();
            if (source.size() - at < 8) {
                throw errors.at(at, TorchRule.STORAGE_MISSING, PickledText.quoted(name));
            }
            long elements = source.slice(at, 8).getLong(0);
            if (bigEndian) {
                elements = Long.reverseBytes(elements);
            }
            if (elements != expected) {
                throw errors.at(at, TorchRule.STORAGE_LENGTH, PickledText.quoted(name), elements, expected);
            }
            at += 8;
            if (elements > (source.size() - at) / width) {
                throw errors.at(
                        at, TorchRule.STORAGE_CUT_OFF, PickledText.quoted(name), elements, width, (source.size() - at));
            }
            if (places.put(name, at) != null) {
                throw errors.at(start, TorchRule.LISTED_TWICE, PickledText.quoted(name));
            }
            at += elements * width;
        }
    }

    private ByteBuffer bytes(TorchStorage storage, int at) throws IOException {
        Long place = places.get(storage.key());
        if (place == null) {
            throw errors.at(at, TorchRule.NOT_LISTED, PickledText.quoted(storage.key()));
        }
        long length = (storage.first() + storage.elements()) * storage.width();
        if (length > Integer.MAX_VALUE - 8) {
            throw errors.at(place, TorchRule.STORAGE_LARGE, PickledText.quoted(storage.key()), length);
        }
        return source.slice(place, (int) length);
    }
}
