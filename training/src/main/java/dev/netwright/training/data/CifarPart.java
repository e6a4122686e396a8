package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.files.torch.Pickle;
import dev.netwright.runtime.files.torch.PickledBytes;
import dev.netwright.runtime.files.torch.PickledObject;
import dev.netwright.runtime.files.torch.PickledTuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One file of a CIFAR set.
 *
 * @param pixels the pictures
 * @param labels their classes
 */
record CifarPart(byte[] pixels, byte[] labels) {

    private static final String WHOLE = "it may be cut short, or be another file";

    /** Records of labels and planes. */
    static CifarPart ofRecords(String source, byte[] content, CifarFormat format) throws MalformedFileException {
        int record = format.record();
        if (content.length == 0 || content.length % record != 0) {
            throw new MalformedFileException(
                    source,
                    content.length / record * (long) record,
                    "the file has " + content.length + " bytes, which is not a whole number of " + record
                            + "-byte records (" + content.length / record + " records and " + content.length % record
                            + " bytes): " + WHOLE);
        }
        int count = content.length / record;
        byte[] pixels = new byte[count * CifarFormat.PICTURE];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            int label = i * record + format.labelByte();
            format.checkLabel(source, label, i, content[label] & 0xff);
            labels[i] = content[label];
            System.arraycopy(
                    content, i * record + format.labelBytes(), pixels, i * CifarFormat.PICTURE, CifarFormat.PICTURE);
        }
        return new CifarPart(pixels, labels);
    }

    /** A dictionary of a NumPy array and a list of labels, as Python 2 pickled it; nothing in it is run. */
    static CifarPart ofPickle(String source, byte[] content, CifarFormat format) throws MalformedFileException {
        Object saved = Pickle.read(source, ByteBuffer.wrap(content));
        if (!(saved instanceof Map<?, ?> map)) {
            throw wrong(source, "it holds no dictionary");
        }
        if (!(map.get(format.labelKey()) instanceof List<?> list)) {
            throw wrong(
                    source, "its dictionary has no list \"" + format.labelKey() + "\", but the keys " + map.keySet());
        }
        byte[] pixels = array(source, map.get("data"));
        if (list.isEmpty() || pixels.length != (long) list.size() * CifarFormat.PICTURE) {
            throw wrong(
                    source,
                    list.size() + " labels need " + (long) list.size() * CifarFormat.PICTURE
                            + " bytes of pictures, but \"data\" has " + pixels.length + ": " + WHOLE);
        }
        byte[] labels = new byte[list.size()];
        for (int i = 0; i < labels.length; i++) {
            long label = list.get(i) instanceof Long number ? number : -1;
            format.checkLabel(source, 0, i, label);
            labels[i] = (byte) label;
        }
        return new CifarPart(pixels, labels);
    }

    /** The bytes of {@code numpy.ndarray} of unsigned bytes, whose state is (version, shape, dtype, order, bytes). */
    private static byte[] array(String source, Object value) throws MalformedFileException {
        if (value instanceof PickledObject array
                && array.type().name().equals("_reconstruct")
                && array.state() instanceof PickledTuple state
                && state.elements().size() == 5
                && state.elements().get(2) instanceof PickledObject dtype
                && !dtype.arguments().elements().isEmpty()
                && "u1".equals(dtype.arguments().elements().get(0))
                && Boolean.FALSE.equals(state.elements().get(3))) {
            byte[] bytes = bytes(state.elements().get(4));
            if (bytes != null) {
                return bytes;
            }
        }
        throw wrong(source, "\"data\" is no NumPy array of unsigned bytes in rows");
    }

    /** Python 2 pickles bytes as text, Python 3 as bytes or as text to be encoded. */
    private static byte[] bytes(Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (value instanceof PickledBytes bytes) {
            return bytes.toArray();
        }
        return value instanceof PickledObject object
                        && object.type().toString().equals("_codecs.encode")
                        && !object.arguments().elements().isEmpty()
                        && object.arguments().elements().get(0) instanceof String text
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : null;
    }

    private static MalformedFileException wrong(String source, String problem) {
        return new MalformedFileException(source, 0, problem);
    }
}
