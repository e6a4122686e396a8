package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what was read with a naive reading, kind by kind and value by value, without recursion and each pair once:
 * values may be deep, shared, or contain themselves.
 */
final class SameValues {
    /** Two values that are to be the same; equal to another only if both are the very same objects. */
    private static final class Pair {
        final Object expected;
        final Object found;

        Pair(Object expected, Object found) {
            this.expected = expected;
            this.found = found;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair that && expected == that.expected && found == that.found;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(expected) + System.identityHashCode(found);
        }
    }

    private final Set<Pair> seen = new HashSet<>();
    private final Deque<Pair> open = new ArrayDeque<>();
    private final NaiveTorch reading;

    private SameValues(NaiveTorch reading) {
        this.reading = reading;
    }

    static void check(NaiveTorch reading, Object found) {
        SameValues same = new SameValues(reading);
        same.later(reading.value(), found);
        while (!same.open.isEmpty()) {
            Pair pair = same.open.pop();
            same.compare(pair.expected, pair.found);
        }
    }

    private void later(Object expected, Object found) {
        Pair pair = new Pair(expected, found);
        if (seen.add(pair)) {
            open.push(pair);
        }
    }

    private void compare(Object expected, Object found) {
        if (expected instanceof NaivePickle.View view) {
            assertThat(found).isInstanceOf(Tensor.class);
            reading.check(view, (Tensor) found);
        } else if (expected instanceof NaivePickle.Call call) {
            assertThat(found).isInstanceOf(PickledObject.class);
            PickledObject object = (PickledObject) found;
            later(call.function, object.type());
            lists(call.arguments, object.arguments().elements());
            maps(call.items, object.items());
            lists(call.elements, object.elements());
            later(call.state, object.state());
        } else if (expected instanceof NaivePickle.Tuple tuple) {
            assertThat(found).isInstanceOf(PickledTuple.class);
            lists(tuple.elements(), ((PickledTuple) found).elements());
        } else if (expected instanceof Map<?, ?> map) {
            assertThat(found).isInstanceOf(Map.class);
            maps(map, (Map<?, ?>) found);
        } else if (expected instanceof Set<?> set) {
            assertThat(found).isInstanceOf(Set.class);
            lists(set, (Set<?>) found);
        } else if (expected instanceof List<?> list) {
            assertThat(found).isInstanceOf(List.class);
            lists(list, (List<?>) found);
        } else {
            leaf(expected, found);
        }
    }

    private static void leaf(Object expected, Object found) {
        if (expected instanceof NaivePickle.Global global) {
            assertThat(found).isEqualTo(new PickledGlobal(global.module(), global.name()));
        } else if (expected instanceof NaivePickle.Bytes bytes) {
            assertThat(found).isInstanceOf(PickledBytes.class);
            List<Byte> boxed = new ArrayList<>();
            for (byte one : ((PickledBytes) found).toArray()) {
                boxed.add(one);
            }
            assertThat(boxed).isEqualTo(bytes.bytes());
        } else if (expected instanceof NaivePickle.Storage storage) {
            assertThat(found).isInstanceOf(TorchStorage.class);
            TorchStorage that = (TorchStorage) found;
            assertThat(that.key()).isEqualTo(storage.key());
            assertThat(that.elements()).isEqualTo(storage.elements());
            assertThat(that.first()).isEqualTo(storage.first());
        } else if (expected instanceof Double number) {
            assertThat(found).isInstanceOf(Double.class);
            assertThat(Double.doubleToLongBits((Double) found)).isEqualTo(Double.doubleToLongBits(number));
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }

    private void maps(Map<?, ?> expected, Map<?, ?> found) {
        lists(expected.keySet(), found.keySet());
        lists(expected.values(), found.values());
    }

    private void lists(Collection<?> expected, Collection<?> found) {
        assertThat(found.size()).isEqualTo(expected.size());
        List<Object> others = new ArrayList<>(found);
        int index = 0;
        for (Object one : expected) {
            later(one, others.get(index++));
        }
    }
}
