//! Chinese in simplified and in traditional characters.

/// How a Chinese text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    Simplified,
    Traditional,
    /// No character in it is of one way only.
    Either,
}

/// Frequent characters that were simplified, and below each its traditional form. Forms that are
/// characters of their own in the other way of writing are left out.
const SIMPLIFIED: &str = "们这说时个国会为来学对发经过还进样动长现从关开点问实话间无见将军报东场车马电业产员务总战\
    机区边义议应结选书领统论认类许导组级给达运远连让识设证评计记调谈请题头买卖乐门闻风飞鱼鸟\
    龙传儿华单历厅压双变号听启团园圆处备够奖妇妈孙宁宝审宪宽尔尽层岁岛币师帮归录忆怀态惊惯戏\
    护担据损换摄";
const TRADITIONAL: &str = "們這說時個國會為來學對發經過還進樣動長現從關開點問實話間無見將軍報東場車馬電業產員務總戰\
    機區邊義議應結選書領統論認類許導組級給達運遠連讓識設證評計記調談請題頭買賣樂門聞風飛魚鳥\
    龍傳兒華單歷廳壓雙變號聽啟團園圓處備夠獎婦媽孫寧寶審憲寬爾盡層歲島幣師幫歸錄憶懷態驚慣戲\
    護擔據損換攝";

/// Tells the two apart by the characters that only one of them has.
pub(crate) fn writing(sample: &[&str]) -> Writing {
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in sample.iter().flat_map(|piece| piece.chars()).filter(|c| *c >= '\u{4E00}') {
        simplified += usize::from(SIMPLIFIED.contains(c));
        traditional += usize::from(TRADITIONAL.contains(c));
    }
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Writing::Simplified,
        std::cmp::Ordering::Less => Writing::Traditional,
        std::cmp::Ordering::Equal => Writing::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::{SIMPLIFIED, TRADITIONAL, Writing, writing};

    #[test]
    fn the_two_lists_answer_to_each_other() {
        assert_eq!(SIMPLIFIED.chars().count(), TRADITIONAL.chars().count());
        for (simplified, traditional) in SIMPLIFIED.chars().zip(TRADITIONAL.chars()) {
            assert!(simplified != traditional, "{simplified} is no pair");
        }
    }

    #[test]
    fn texts_are_told_apart() {
        assert_eq!(writing(&["渡轮周一在港口搁浅，船长说无人受伤"]), Writing::Simplified);
        assert_eq!(writing(&["渡輪週一在港口擱淺，船長說無人受傷"]), Writing::Traditional);
        assert_eq!(writing(&["大海"]), Writing::Either);
    }
}
