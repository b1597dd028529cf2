//! Loose texts in several languages and scripts: what each line is taken for.

use crate::read_given;
use newstemma_model::{Content, CreditKind, Given, Report, Role};

fn read(text: &str, title: Option<&str>) -> Report {
    let given = Given { title: title.map(str::to_owned), ..Given::default() };
    let report = read_given(Content::Text(text.to_owned()), given).unwrap();
    assert_eq!(report.text, text, "loose text stays as it is");
    covers_all(&report);
    report
}

fn covers_all(report: &Report) {
    let mut at = 0;
    for role in &report.roles {
        let gap = report.text.get(at..role.span.start()).unwrap();
        assert!(gap.trim().is_empty(), "no role for {gap:?}");
        at = role.span.end();
    }
    assert!(report.text.get(at..).unwrap().trim().is_empty());
}

/// Each part of a text with the role it must have, in order.
fn check(parts: &[(Role, &str)]) {
    let text: Vec<&str> = parts.iter().map(|p| p.1).collect();
    let report = read(&text.join("\n\n"), None);
    let found: Vec<(Role, &str)> =
        report.roles.iter().map(|r| (r.role, r.span.of(&report.text))).collect();
    assert_eq!(found, parts);
}

use Role::{Body, Boilerplate, Caption, Credit, Subhead, Teaser};

#[test]
fn german() {
    check(&[
        (Caption, "Die Fähre vor der Mole. Foto: Ida Voss/dpa"),
        (
            Body,
            "In Nordhafen ist am Mittwoch eine Fähre gegen die Mole gestoßen. Verletzt wurde nach Angaben der Hafenmeisterei niemand, der Betrieb ruhte bis zum Abend.",
        ),
        (Teaser, "Lesen Sie auch: Werft in Südhafen vor dem Aus"),
        (Subhead, "Zweiter Unfall in diesem Jahr"),
        (
            Body,
            "Bereits im März war ein Frachter an derselben Stelle auf Grund gelaufen, nachdem die Steuerung versagt hatte, wie ein Sprecher der dpa sagte.",
        ),
        (Boilerplate, "Melden Sie sich jetzt für unseren kostenlosen Newsletter an."),
        (Credit, "dpa/abc"),
    ]);
}

#[test]
fn french() {
    check(&[
        (
            Body,
            "Un ferry a heurté mercredi le môle de Port-Aurec, sans faire de blessé, a annoncé la capitainerie, qui a suspendu le trafic jusqu'au soir.",
        ),
        (Teaser, "À lire aussi : Le chantier naval menacé de fermeture"),
        (
            Body,
            "Le capitaine a été entendu par les gendarmes dans l'après-midi, et le navire doit rester à quai jusqu'à la fin de l'expertise demandée.",
        ),
        (Boilerplate, "Pour lire ce contenu, acceptez les cookies de notre site en cliquant ici."),
        (Credit, "Avec AFP"),
    ]);
}

#[test]
fn ukrainian() {
    check(&[
        (
            Body,
            "У порту Морськ у середу пором ударився об мол. За даними капітанії, ніхто не постраждав, але рух суден було зупинено до вечора.",
        ),
        (Teaser, "Читайте також: Корабельню чекає закриття"),
        (
            Body,
            "У березні на тому самому місці вже сів на мілину вантажний корабель, у якого відмовило кермо, нагадали в адміністрації порту.",
        ),
        (Boilerplate, "Підписуйтесь на наш канал у Telegram, щоб нічого не пропустити"),
        (Credit, "Джерело: Укрінформ"),
    ]);
}

#[test]
fn arabic() {
    check(&[
        (
            Body,
            "اصطدمت عبارة يوم الأربعاء برصيف الميناء القديم دون وقوع إصابات، بحسب إدارة الميناء التي أوقفت حركة السفن حتى المساء.",
        ),
        (Teaser, "اقرأ أيضا: إغلاق حوض بناء السفن"),
        (
            Body,
            "وكانت سفينة شحن قد جنحت في المكان نفسه في آذار الماضي بعد تعطل جهاز القيادة فيها، كما قال متحدث باسم الميناء للصحفيين.",
        ),
        (Boilerplate, "اشترك في نشرتنا البريدية مجانا"),
        (Credit, "المصدر: رويترز"),
    ]);
}

#[test]
fn chinese_and_japanese() {
    check(&[
        (
            Body,
            "北港市周三发生一起渡轮碰撞防波堤的事故，港务局表示没有人员受伤，但船只往来一直停到当晚才恢复正常，事故原因仍在调查之中。",
        ),
        (Teaser, "相关阅读：南港造船厂面临关闭"),
        (
            Body,
            "今年三月，一艘货轮曾因舵机失灵在同一地点搁浅，港务局发言人对记者表示，今后将要求所有进港船只接受额外的安全检查。",
        ),
        (Boilerplate, "点击下载我们的应用，免费订阅新闻通知"),
        (Credit, "（新华社）"),
    ]);
    check(&[
        (
            Body,
            "北港で二十日、フェリーが防波堤に衝突した。港湾局によると、けが人はいないが、船の出入りは夜まで止まった。原因は調査中だという。",
        ),
        (Teaser, "【関連記事】南港の造船所、閉鎖の危機"),
        (
            Body,
            "三月にも貨物船が同じ場所で座礁しており、港湾局の報道官は記者団に対し、入港するすべての船に追加の検査を求める方針を示した。",
        ),
        (Boilerplate, "この記事は有料会員限定です。登録して続きを読む"),
    ]);
}

#[test]
fn news_of_platforms_is_no_notice() {
    check(&[(
        Body,
        "Facebook said on Tuesday that users in three countries would be asked to accept a new privacy policy before the end of the month, a step that regulators had demanded.",
    )]);
    check(&[(
        Body,
        "Die Zahl der Abonnenten der Zeitung ist nach Angaben des Verlages im vergangenen Jahr um ein Fünftel gestiegen, vor allem bei der App.",
    )]);
}

#[test]
fn a_given_title_is_found_again() {
    let text = "Ferry hits the mole in Northport\nA ferry struck the mole of Northport on Wednesday, the harbour master said, and nobody was hurt in the collision.";
    let report = read(text, Some("Ferry hits the mole in Northport"));
    assert_eq!(report.role_at(0), Role::Title);
    assert_eq!(report.role_at(60), Role::Body);
}

/// The title that a text without one is found to have.
fn check_headline(text: &str, expected: Option<&str>) {
    let report = read(text, None);
    assert_eq!(report.title.as_deref(), expected, "{text}");
    if let Some(title) = expected {
        assert_eq!(report.roles[0].span.of(text), title);
        assert_eq!(report.roles[1].role, Role::Body);
    }
}

#[test]
fn a_first_line_without_stop_above_longer_paragraphs_is_the_headline() {
    check_headline(
        "Mühle am Oberlauf brennt aus, niemand verletzt\n\nDie alte Mühle am Oberlauf der Warle ist in der Nacht zum Montag ausgebrannt, wie die Feuerwehr am Morgen mitteilte.\n\nVerletzt wurde niemand.",
        Some("Mühle am Oberlauf brennt aus, niemand verletzt"),
    );
    check_headline(
        "На Верхней Варле сгорела старая мельница\n\nСтарая мельница на берегу Верхней Варлы сгорела в ночь на понедельник, сообщили утром в пожарной охране округа, никто из людей не пострадал.\n",
        Some("На Верхней Варле сгорела старая мельница"),
    );
    check_headline(
        "山あいの水車小屋が全焼、消防「けが人なし」\r\n\r\n月曜未明、ワルレ川の上流にある古い水車小屋から火が出て、木造の建物がすべて焼けた。消防によると、けが人はいなかった。\r\n",
        Some("山あいの水車小屋が全焼、消防「けが人なし」"),
    );
    check_headline(
        "حريق يلتهم طاحونة قديمة على ضفة النهر\n\nالتهم حريق ليل الأحد الاثنين طاحونة قديمة تقع على ضفة نهر الوارل، بحسب ما أعلنته فرق الإطفاء صباحا، ولم يصب أحد بأذى.\n",
        Some("حريق يلتهم طاحونة قديمة على ضفة النهر"),
    );
    check_headline(
        "산골 물레방앗간 전소, 인명 피해 없어\n\n월요일 새벽 바를레강 상류에 있는 오래된 물레방앗간에서 불이 나 나무로 지은 건물이 모두 탔으나 다친 사람은 없었다고 소방서가 이날 아침 밝혔다고 전해졌다.\n",
        Some("산골 물레방앗간 전소, 인명 피해 없어"),
    );
}

#[test]
fn not_every_first_line_is_a_headline() {
    let below = "The old mill on the upper Warle burnt down in the night to Monday, the fire brigade said in the morning, and nobody was hurt.";
    // It ends in a stop, goes on, does not stand apart, or is as long as what follows.
    check_headline(&format!("The mill is gone.\n\n{below}"), None);
    check_headline(&format!("The mill, said the miller,\n\n{below}"), None);
    check_headline(&format!("The mill of the upper Warle, which had stood\n{below}"), None);
    let long = "Along the whole of the river people woke to the bells that night and ran down to the bank with buckets, though it was too late";
    check_headline(&format!("{long}\n\n{below}"), None);
    // Nothing follows, or a dateline stands in front.
    check_headline("The mill on the upper Warle burns down", None);
    check_headline(&format!("WARLETON (Reuters) - The mill is gone\n\n{below}"), None);
}

#[test]
fn a_given_title_stays() {
    let text = "Mill burns down\n\nThe old mill on the upper Warle burnt down in the night to Monday, the fire brigade said in the morning, and nobody was hurt.";
    assert_eq!(read(text, Some("Night of fire")).title.as_deref(), Some("Night of fire"));
}

#[test]
fn credits_tell_suppliers_from_sources() {
    let text = "NORTHPORT (Reuters) - A ferry struck the mole on Wednesday, an official told AFP by telephone.\nNobody was hurt. (AP)";
    let report = read(text, None);
    let credits: Vec<(&str, CreditKind)> =
        report.credits.iter().map(|c| (c.agency.as_str(), c.kind)).collect();
    assert_eq!(
        credits,
        [("Reuters", CreditKind::Text), ("AFP", CreditKind::Mention), ("AP", CreditKind::Text)]
    );
    assert_eq!(report.role_at(0), Role::Credit);
    assert_eq!(report.role_at(text.find("A ferry").unwrap()), Role::Body);
}

/// The credits of a text, as written and of which kind.
fn check_credits(text: &str, expected: &[(&str, CreditKind)]) {
    let report = read(text, None);
    let credits: Vec<(&str, CreditKind)> =
        report.credits.iter().map(|c| (c.agency.as_str(), c.kind)).collect();
    assert_eq!(credits, expected, "{text}");
}

#[test]
fn agencies_that_no_list_knows_are_credited() {
    use CreditKind::{Mention, Text};
    check_credits(
        "WARLETON (QVN) - The old mill on the upper Warle burnt down in the night to Monday, and nobody was hurt in the fire.\n\n“We saw the flames from the ridge,” the miller told QVN.",
        &[("QVN", Text), ("QVN", Mention)],
    );
    check_credits(
        "Le vieux moulin de la haute Warle a brûlé dans la nuit de dimanche à lundi, sans faire de blessé, ont annoncé les pompiers.\n\nLe meunier a raconté à l'QVN avoir vu les flammes de loin.\n\n(avec QVN)\n\nÀ lire aussi : Le pont ferme",
        &[("QVN", Mention), ("QVN", Text)],
    );
    check_credits(
        "Старая мельница на берегу Верхней Варлы сгорела в ночь на понедельник, сообщили утром в пожарной охране округа.\n\n«Мы видели огонь издалека», — рассказал агентству КВНА мельник.",
        &[("КВНА", Mention)],
    );
    check_credits(
        "月曜未明、ワルレ川の上流にある古い水車小屋から火が出て、木造の建物がすべて焼けた。\n\n消防によると、けが人はいなかった。（QVN）",
        &[("QVN", Text)],
    );
    check_credits(
        "Die Weltmühlenorganisation (WMO) hat am Montag vor Bränden in alten Mühlen gewarnt, wie die WMO in einem Bericht schrieb.\n\nDas sagte auch der Verband der Müller (VDM).",
        &[],
    );
}

#[test]
fn odd_texts_do_no_harm() {
    for text in
        ["\0", "。", "(", "© ", "/ТАСС/", "(AFP)", "—", "…\n…", "e\u{301}\u{200d}", "\u{feff}x"]
    {
        read(text, Some(""));
    }
    let long = "Die Fähre fuhr weiter. ".repeat(100_000);
    assert_eq!(read(&long, None).roles.len(), 1);
    let capitals = "(QVN) AB/CD. ".repeat(100_000);
    read(&capitals, None);
    let short_lines = "Zeile ohne Ende\n".repeat(50_000);
    assert_eq!(read(&short_lines, None).roles.len(), 50_000);
}
