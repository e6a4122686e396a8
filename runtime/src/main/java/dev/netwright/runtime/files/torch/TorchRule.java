package dev.netwright.runtime.files.torch;

import java.util.Locale;

/** The rules of PyTorch's files and the limits of their reader, each with the sentence that says it is broken. */
enum TorchRule {
    TAR("it is a tar archive, as PyTorch before 0.2 wrote; load it there and save it again"),
    START("it starts with neither a zip archive nor the magic number of older files%s"),
    ZIP_END("the zip archive has no end record; the file is cut short"),
    ZIP64_MISSING("the zip archive announces a zip64 end record, but has none"),
    ZIP64_END("the zip64 end record is to be at byte %s, where there is none"),
    ZIP_DIRECTORY("the zip directory of %s bytes at byte %s does not lie before its end record"),
    ZIP_DIRECTORY_LARGE("the zip directory has %s bytes, more than 2 GiB"),
    ZIP_ENTRY("the zip directory has no entry where one should be"),
    ZIP_ENTRY_CUT_OFF("the zip directory ends within an entry"),
    MEMBER_NAME("the name of a member is not UTF-8"),
    MEMBER_TWICE("the zip archive has two members %s"),
    MEMBER_METHOD("the member %s is %s, but only stored and deflated members are read"),
    MEMBER_PLACE("the member %s of %s bytes (%s in the archive) at byte %s does not lie before the directory"),
    MEMBER_OVERLAP("the member %s overlaps %s"),
    MEMBER_HEADER("the member %s has no header of its own"),
    MEMBER_LARGE("the member %s has %s bytes; members of 2 GiB and more are not supported"),
    MEMBER_CHECKSUM("the member %s is damaged: its checksum is %s, not %s"),
    INFLATED("the compressed members have more than %s times the bytes of the whole file"),
    INFLATE("the compressed member %s does not give its %s bytes"),
    NO_PICKLE("the zip archive has no member data.pkl in a folder, which torch.save writes"),
    TWO_PICKLES("the archive has two pickles, in %s and in %s"),
    TORCH_SCRIPT("it is a TorchScript archive, which holds code; save the state_dict() of the module instead"),
    VERSION("the archive has the version %s, not a number from 1 to %s"),
    NEWER_VERSION("the archive has the version %s, but the newest known is %s"),
    BYTE_ORDER("the byte order is %s, neither \"little\" nor \"big\""),
    STORAGE_MEMBER("the storage %s has %s elements of %s bytes, but the archive %s"),
    MAGIC("the file does not start with the magic number of torch.save"),
    LEGACY_PROTOCOL("the file has the protocol %s, not %s"),
    PREFIX_STORAGE("%s refers to a storage"),
    NO_LIST("the object is not followed by a list of storages"),
    LISTED_UNUSED("the storage %s is listed, but no tensor of a known type uses it"),
    STORAGE_MISSING("the file ends before the storage %s"),
    STORAGE_LENGTH("the storage %s has %s elements here, but the object says %s"),
    STORAGE_CUT_OFF("the storage %s has %s elements of %s bytes, but only %s bytes follow"),
    LISTED_TWICE("the storage %s is listed twice"),
    NOT_LISTED("the storage %s is not in the list of storages"),
    STORAGE_LARGE("the storage %s has %s bytes; storages of 2 GiB and more are not supported"),
    LEFT_OVER("the pickle ends with %s values that nothing took"),
    OPCODE("the pickle has the opcode 0x%s, which torch.save never writes"),
    PROTOCOL("the pickle has protocol %s, but the newest known is %s"),
    CLASS_NAME("a class is named by something other than two texts"),
    CALL("the pickle calls %s, which is no function"),
    CONSTRUCT("the pickle makes an object of %s, which is no class"),
    BUILD("the pickle sets the state of %s, which has none"),
    PAIRS("the pickle sets %s keys and values, which are no pairs"),
    SET_ITEM("the pickle sets an item of %s, which is no dictionary"),
    APPEND("the pickle appends to %s, which is no list"),
    ADD("the pickle adds an element to %s, which is no set"),
    KEY("%s is a key, but only texts, numbers and short tuples of them can be"),
    KEYS_MIXED("%s is a key among more than %s of another type"),
    MEMO("the pickle recalls value %s, which it has not stored"),
    STACK("the pickle takes a value where there is none"),
    MARK("the pickle takes values back to a mark that it has not set"),
    LENGTH("%s has %s bytes, but %s follow"),
    UTF_8("a text is not UTF-8"),
    INTEGER("an integer has %s bytes, more than the %s allowed"),
    NAME_CUT_OFF("the file ends within the name of a class"),
    CUT_OFF("the file ends within %s"),
    PERSISTENT("the pickle refers to %s, which describes no storage"),
    STORAGE("a storage has the type %s, the key %s and %s elements"),
    STORAGE_DIFFERS("the storage %s is %s of %s here, but %s of %s before"),
    STORAGE_PART("a part of the storage %s does not lie inside it"),
    REBUILD("a tensor is rebuilt from other things than a storage, an offset, a shape and strides"),
    DIMENSIONS("a tensor has %s dimensions and %s strides"),
    SHAPE("a tensor has the shape %s and the strides %s, which no tensor can have"),
    REACH("a tensor of shape %s with strides %s from element %s reaches beyond the %s elements of storage %s"),
    NO_TUPLE("%s of a tensor is %s, not a tuple of integers"),
    NO_INTEGER("%s of a tensor has the element %s, not an integer"),
    TENSOR_LARGE("a tensor has %s bytes; tensors of 2 GiB and more are not supported"),
    REPEATED("its tensors, which repeat elements, have more than %s times the bytes of the whole file");

    private final String sentence;

    TorchRule(String sentence) {
        this.sentence = sentence;
    }

    /** With {@code %s} for what was found. */
    String sentence() {
        return sentence;
    }

    String broken(Object... found) {
        return String.format(Locale.ROOT, sentence, found);
    }
}
