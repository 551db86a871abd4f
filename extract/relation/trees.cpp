#include "extract/relation/trees.h"

#include <cstring>

namespace maek::extract {
namespace {

template <class T>
void put(std::string& out, T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

template <class T>
bool take(std::string_view& bytes, T& value) {
    if (bytes.size() < sizeof(T)) return false;
    std::memcpy(&value, bytes.data(), sizeof(T));
    bytes.remove_prefix(sizeof(T));
    return true;
}

}  // namespace

float Forest::score(std::span<const float> row) const {
    float sum = bias;
    for (const auto& tree : trees) {
        std::size_t at = 0;
        while (tree[at].feature >= 0) {
            at = row[static_cast<std::size_t>(tree[at].feature)] <= tree[at].value ? tree[at].left : tree[at].right;
        }
        sum += tree[at].value;
    }
    return sum;
}

void Forest::write(std::string& out) const {
    put(out, bias);
    put(out, static_cast<std::uint32_t>(trees.size()));
    for (const auto& tree : trees) {
        put(out, static_cast<std::uint32_t>(tree.size()));
        for (const TreeNode& node : tree) {
            put(out, node.feature);
            put(out, node.left);
            put(out, node.right);
            put(out, node.value);
        }
    }
}

bool Forest::read(std::string_view& bytes, std::size_t features) {
    std::uint32_t count = 0;
    if (!take(bytes, bias) || !take(bytes, count) || count > bytes.size() / 4) return false;
    trees.assign(count, {});
    for (auto& tree : trees) {
        std::uint32_t size = 0;
        if (!take(bytes, size) || size == 0 || size > bytes.size() / 10) return false;
        tree.resize(size);
        for (std::uint32_t i = 0; i < size; ++i) {
            TreeNode& node = tree[i];
            if (!take(bytes, node.feature) || !take(bytes, node.left) || !take(bytes, node.right) || !take(bytes, node.value)) return false;
            if (node.feature < 0) continue;
            if (static_cast<std::size_t>(node.feature) >= features) return false;
            if (node.left <= i || node.right <= i || node.left >= size || node.right >= size) return false;
        }
    }
    return true;
}

}  // namespace maek::extract
