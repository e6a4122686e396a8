package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.util.List;

/**
 * What tells the CIFAR sets apart.
 *
 * @param name for messages
 * @param classNames the names of the classes
 * @param labelBytes how many label bytes begin a record of the binary version
 * @param labelByte which of them is the class
 * @param labelKey under which key the Python version has the class
 * @param trainFiles which files hold the pictures to train on, for messages
 * @param testFile the name of the file with the test set, without {@code .bin}
 */
record CifarFormat(
        String name,
        List<String> classNames,
        int labelBytes,
        int labelByte,
        String labelKey,
        String trainFiles,
        String testFile) {

    static final int PICTURE = 3 * 32 * 32;

    int record() {
        return labelBytes + PICTURE;
    }

    boolean isTest(String file) {
        return file.equals(testFile) || file.equals(testFile + ".bin");
    }

    /** Whether a file of this name belongs to the Python version. */
    boolean isPickle(String file) {
        return file.equals(testFile) || (labelBytes == 1 ? file.matches("data_batch_\\d+") : file.equals("train"));
    }

    void checkLabel(String source, long offset, long record, long label) throws MalformedFileException {
        if (label < 0 || label >= classNames.size()) {
            throw new MalformedFileException(
                    source,
                    offset,
                    "record " + record + " has the label " + label + ", but " + name + "'s are 0 to "
                            + (classNames.size() - 1));
        }
    }
}
